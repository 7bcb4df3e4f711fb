import { useSyncExternalStore } from "preact/compat";
import { adviceFor, type Outcome } from "@ambient/client";
import { useState } from "preact/hooks";
import { useObservable } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { Banner } from "../ui/Notice.js";
import { ProblemList } from "./Problems.js";
import { useLiveShow } from "./ShowContext.js";
import { messageOf, words } from "../words/words.js";

/** Problems that affect the whole show, and their remedies. */
export function ShowStates() {
  const { show, audio, player, follower, reopen } = useLiveShow();
  const presence = useObservable(show.presence).value;
  const connection = useObservable(show.connection).value;
  const sound = useObservable(audio.connection).value;
  const canPlay = useObservable(audio.canPlay).value;
  const microphone = useObservable(audio.microphone).value;
  const isBlocked = useSyncExternalStore(player.onBlockedChange, player.isBlocked);
  const outcome = useObservable(follower).value?.outcome;
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
      {sound === "elsewhere" && (
        <Banner
          icon="soundOff"
          actions={
            <Button
              kind="primary"
              isSmall
              onClick={() => {
                audio.takeOver();
              }}
            >
              {words.show.listenHere}
            </Button>
          }
        >
          <strong>{words.show.audioElsewhere}</strong> {words.show.audioElsewhereHint}
        </Banner>
      )}
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
      <MusicObstacle
        kind={outcome?.kind}
        onResume={() => {
          follower?.resume();
        }}
      />
    </div>
  );
}

function MusicObstacle({
  kind,
  onResume,
}: {
  readonly kind: Outcome["kind"] | undefined;
  readonly onResume: () => void;
}) {
  if (!kind) return null;
  const text = obstacleText()[kind];
  if (text === undefined) return null;
  const { triesAgain } = adviceFor[kind];
  return (
    <Banner
      icon="music"
      kind="warning"
      actions={
        !triesAgain && (
          <Button isSmall onClick={onResume}>
            {words.common.tryAgain}
          </Button>
        )
      }
    >
      {text}
    </Banner>
  );
}

function obstacleText(): Readonly<Partial<Record<Outcome["kind"], string>>> {
  return {
    ...words.music.obstacle,
    notAllowListed: messageOf("SPOTIFY_NOT_ALLOWED"),
    relinkRequired: messageOf("SPOTIFY_RELINK_REQUIRED"),
    rateLimited: messageOf("SPOTIFY_RATE_LIMITED"),
    quotaExceeded: messageOf("SPOTIFY_QUOTA_EXCEEDED"),
    unavailable: messageOf("SPOTIFY_UNAVAILABLE"),
  };
}
