import { adviceFor, messageFor, type Outcome } from "@ambient/client";
import { useState } from "preact/hooks";
import { useObservable } from "../ambient/useSubscribable.js";
import { useOutcome } from "../music/useOutcome.js";
import { Invitation } from "../stage/Invitation.js";
import { Button } from "../ui/Button.js";
import { Banner } from "../ui/Notice.js";
import { ProblemList } from "./Problems.js";
import { useLiveShow } from "./ShowContext.js";
import { useShowAnnouncements } from "./useShowAnnouncements.js";

/** Problems that affect the whole show, and their remedies. */
export function ShowStates() {
  const { show, audio, player, follower, reopen } = useLiveShow();
  const presence = useObservable(show.presence);
  const connection = useObservable(show.connection);
  const sound = useObservable(audio.connection);
  const canPlay = useObservable(audio.canPlay);
  const microphone = useObservable(audio.microphone);
  const isBlocked = useObservable(player.blocked);
  const outcome = useOutcome();
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
          <strong>Reconnecting…</strong> Your network was gone for a while. You are being brought
          back into the show.
        </Banner>
      )}
      {presence.kind === "present" && connection === "online" && sound === "reconnecting" && (
        <Banner icon="soundOff" kind="warning">
          The voices were lost and are being fetched back…
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
          <strong>Another tab has the sound.</strong> You opened this show somewhere else, and
          voices and music are heard there.
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
          <strong>The voices are gone.</strong> You are still in the show, but do not hear who
          speaks.
        </Banner>
      )}
      {sound === "none" && (
        <Banner icon="soundOff">There are no voices here: this suite runs without LiveKit.</Banner>
      )}
      {sound !== "elsewhere" && (!canPlay || isBlocked) && (
        <Banner
          icon="sound"
          actions={
            <Button
              kind="primary"
              isSmall
              onClick={() => {
                audio.play().catch(() => undefined);
                void player.unblock();
              }}
            >
              Listen
            </Button>
          }
        >
          <strong>One touch, and you hear it.</strong> Browsers wait for it before they play sound.
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
                void audio.speak();
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
  notPremium: "Music plays with Spotify Premium alone. You hear the talk, and see what is playing.",
  noDevice: "Spotify runs nowhere. Open it once, and the music begins.",
  stopped: "You paused the music on your side.",
  notPlayable: "Spotify does not play this track where you are. The next one plays again.",
  notAllowListed: messageFor("SPOTIFY_NOT_ALLOWED"),
  relinkRequired: messageFor("SPOTIFY_RELINK_REQUIRED"),
  rateLimited: messageFor("SPOTIFY_RATE_LIMITED"),
  unavailable: messageFor("SPOTIFY_UNAVAILABLE"),
};
