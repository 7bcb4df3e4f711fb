import { useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { useKeptFocus } from "../ui/useKeptFocus.js";
import { HandRaise } from "./HandRaise.js";
import { MicrophoneButton } from "./MicrophoneButton.js";

/** What the person can do here: speak, or ask to speak. */
export function MyPlace() {
  const { show } = useLiveShow();
  const { role } = useObservable(show.me).value;
  const { area } = useKeptFocus<HTMLDivElement>();
  return (
    <div class="my-place" ref={area}>
      {role === "listener" ? <HandRaise /> : <MicrophoneButton />}
    </div>
  );
}
