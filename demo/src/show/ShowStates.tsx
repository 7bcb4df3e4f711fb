import { useSyncExternalStore } from "preact/compat";
import { useState } from "preact/hooks";
import { useObservable } from "@ambient/react";
import { MusicObstacle } from "../music/MusicObstacle.js";
import { AudioElsewhere } from "../sound/AudioElsewhere.js";
import { Button } from "../ui/Button.js";
import { Banner } from "../ui/Notice.js";
import { ProblemList } from "./Problems.js";
import { useLiveShow } from "./ShowContext.js";
import { messageOf, words } from "../words/words.js";

/** Problems that affect the whole show, and their remedies. */
export function ShowStates() {
  const { show, audio, player, reopen } = useLiveShow();
  const presence = useObservable(show.presence).value;
  const connection = useObservable(show.connection).value;
  const sound = useObservable(audio.connection).value;
  const canPlay = useObservable(audio.canPlay).value;
  const microphone = useObservable(audio.microphone).value;
  const isBlocked = useSyncExternalStore(player.onBlockedChange, player.isBlocked);
  const [areWarningsRead, setWarningsRead] = useState(false);
  return (
    <div class="banners">
      {!areWarningsRead && (
        <ProblemList
          problems={show.warnings}
          actions={
            <Button
              isSmall
              onClick={() => {
                setWarningsRead(true);
              }}
            >
              {words.common.dismiss}
            </Button>
          }
        />
      )}
      {presence.kind === "away" && (
        <Banner icon="offline" kind="warning">
          <strong>{words.show.rejoining}</strong> {words.show.rejoiningHint}
        </Banner>
      )}
      {presence.kind === "present" && connection === "online" && sound === "reconnecting" && (
        <Banner icon="soundOff" kind="warning">
          {words.show.audioReconnecting}
        </Banner>
      )}
      <AudioElsewhere />
      {sound === "closed" && (
        <Banner
          icon="soundOff"
          kind="warning"
          actions={
            <Button kind="primary" isSmall onClick={reopen}>
              {words.common.tryAgain}
            </Button>
          }
        >
          <strong>{words.show.audioLost}</strong> {words.show.audioLostHint}
        </Banner>
      )}
      {sound === "none" && <Banner icon="soundOff">{words.show.audioMissing}</Banner>}
      {sound !== "elsewhere" && (!canPlay || isBlocked) && (
        <Banner
          icon="sound"
          actions={
            <Button
              kind="primary"
              isSmall
              onClick={() => {
                audio.unlockAudio().catch(() => undefined);
                void player.unblock();
              }}
            >
              {words.show.listen}
            </Button>
          }
        >
          <strong>{words.show.tapToListen}</strong> {words.show.tapToListenHint}
        </Banner>
      )}
      {(microphone === "refused" || microphone === "missing") && (
        <Banner
          icon="microphoneOff"
          kind="warning"
          actions={
            <Button
              isSmall
              onClick={() => {
                void audio.unmute();
              }}
            >
              {words.common.tryAgain}
            </Button>
          }
        >
          <strong>
            {messageOf(microphone === "refused" ? "MICROPHONE_REFUSED" : "MICROPHONE_MISSING")}
          </strong>
        </Banner>
      )}
      <MusicObstacle />
    </div>
  );
}
