import { asAmbientError, type AmbientError } from "@ambient/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { words } from "../words/words.js";
import { LevelMeter } from "./LevelMeter.js";
import { openMicrophone, type TestedMicrophone } from "./microphones.js";

/** Often enough for a meter to look alive. */
const LEVEL_EVERY_MS = 100;

/** Shows how loud a microphone is. Nothing of it is sent. The test ends when this disappears. */
export function MicrophoneTest({
  microphoneId,
  onOpen,
  onFailed,
}: {
  readonly microphoneId: string | undefined;
  /** Receives the id of the microphone that is used. */
  readonly onOpen: (id: string | undefined) => void;
  readonly onFailed: (error: AmbientError) => void;
}) {
  const [level, setLevel] = useState(0);
  const latest = useRef({ onOpen, onFailed });
  latest.current = { onOpen, onFailed };
  useEffect(() => {
    let isOver = false;
    let tested: TestedMicrophone | undefined;
    let timer: ReturnType<typeof setInterval> | undefined;
    const open = async () => {
      const opened = await openMicrophone(microphoneId);
      if (isOver) {
        opened.close();
        return;
      }
      tested = opened;
      latest.current.onOpen(opened.id);
      timer = setInterval(() => {
        setLevel(opened.level());
      }, LEVEL_EVERY_MS);
    };
    open().catch((error: unknown) => {
      if (!isOver) latest.current.onFailed(asAmbientError(error));
    });
    return () => {
      isOver = true;
      clearInterval(timer);
      tested?.close();
    };
  }, [microphoneId]);
  return (
    <>
      <LevelMeter level={level} />
      <p class="muted small">{words.sound.testHint}</p>
    </>
  );
}
