import { useSyncExternalStore } from "preact/compat";
import { adviceFor, messageFor, type Outcome } from "@ambient/client";
import { useState } from "preact/hooks";
import { useObservable } from "@ambient/react";
import { Invitation } from "../stage/Invitation.js";
import { Button } from "../ui/Button.js";
import { Banner } from "../ui/Notice.js";
import { ProblemList } from "./Problems.js";
import { useLiveShow } from "./ShowContext.js";
import { useShowAnnouncements } from "./useShowAnnouncements.js";

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
  useShowAnnouncements();
  return (
    <div class="banners">
      {!areWarningsRead && (
        <ProblemList
          problems={show.warnings}
          actions={
            <Button
              isSmall
              label="Dismiss the warnings"
              onClick={() => {
                setWarningsRead(true);
              }}
            >
              OK
            </Button>
          }
        />
      )}
      {presence.kind === "away" && (
        <Banner icon="offline" kind="warning">
          <strong>Reconnecting…</strong> Your network was gone for a while. You are rejoining the
          show.
        </Banner>
      )}
      {presence.kind === "present" && connection === "online" && sound === "reconnecting" && (
        <Banner icon="soundOff" kind="warning">
          The voices were lost. Reconnecting…
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
              Listen here
            </Button>
          }
        >
          <strong>Another tab is playing the audio.</strong> You opened this show somewhere else,
          and its voices and music play there.
        </Banner>
      )}
      {sound === "closed" && (
        <Banner
          icon="soundOff"
          kind="warning"
          actions={
            <Button kind="primary" isSmall onClick={reopen}>
              Try again
            </Button>
          }
        >
          <strong>The voices are not available.</strong> You are still in the show, but cannot hear
          who is speaking.
        </Banner>
      )}
      {sound === "none" && (
        <Banner icon="soundOff">There are no voices: this suite runs without LiveKit.</Banner>
      )}
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
              Listen
            </Button>
          }
        >
          <strong>Press “Listen” to hear it.</strong> Browsers block sound until you do.
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
              Try again
            </Button>
          }
        >
          <strong>
            {messageFor(microphone === "refused" ? "MICROPHONE_REFUSED" : "MICROPHONE_MISSING")}
          </strong>
        </Banner>
      )}
      <MusicObstacle
        kind={outcome?.kind}
        onResume={() => {
          follower?.resume();
        }}
      />
      <Invitation />
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
  const text = obstacleText[kind];
  if (text === undefined) return null;
  const { triesAgain } = adviceFor[kind];
  return (
    <Banner
      icon="music"
      kind="warning"
      actions={
        !triesAgain && (
          <Button isSmall onClick={onResume}>
            Try again
          </Button>
        )
      }
    >
      {text}
    </Banner>
  );
}

const obstacleText: Readonly<Partial<Record<Outcome["kind"], string>>> = {
  notPremium: "Music needs Spotify Premium. You can hear the talk and see what is playing.",
  noDevice: "Spotify is not running. Open it once to start the music.",
  stopped: "You paused the music on your side.",
  notPlayable: "Spotify cannot play this track here. The music continues with the next one.",
  notAllowListed: messageFor("SPOTIFY_NOT_ALLOWED"),
  relinkRequired: messageFor("SPOTIFY_RELINK_REQUIRED"),
  rateLimited: messageFor("SPOTIFY_RATE_LIMITED"),
  quotaExceeded: messageFor("SPOTIFY_QUOTA_EXCEEDED"),
  unavailable: messageFor("SPOTIFY_UNAVAILABLE"),
};
