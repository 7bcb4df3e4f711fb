import { adviceFor, type Outcome, type Remedy } from "@ambient/client";
import { useEffect, useRef } from "preact/hooks";
import { signInAgain } from "../account/signIn.js";
import { useSession } from "../ambient/context.js";
import { useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { Button } from "../ui/Button.js";
import { Banner } from "../ui/Notice.js";
import { DeviceButton } from "./DeviceButton.js";
import { messageOf, words } from "../words/words.js";

/** Why the person does not hear the music, and what helps. */
export function MusicObstacle() {
  const { follower } = useLiveShow();
  const kind = useObservable(follower).value?.outcome.kind;
  if (!kind) return null;
  const text = obstacleText()[kind];
  if (text === undefined) return null;
  return (
    <Banner icon="music" kind="warning" actions={<RemedyButton remedy={adviceFor[kind].remedy} />}>
      {text}
    </Banner>
  );
}

function RemedyButton({ remedy }: { readonly remedy: Remedy }) {
  const { suite } = useSession();
  const { follower } = useLiveShow();
  switch (remedy) {
    case "resume":
      return (
        <Button
          isSmall
          onClick={() => {
            follower?.resume();
          }}
        >
          {words.music.remedy.resume}
        </Button>
      );
    case "linkSpotifyAgain":
      return (
        <Button
          kind="primary"
          isSmall
          onClick={() => {
            signInAgain(suite);
          }}
        >
          {words.music.remedy.linkSpotifyAgain}
        </Button>
      );
    case "openSpotify":
      return (
        <>
          <PageLink href="https://open.spotify.com/" text={words.music.remedy.openSpotify} />
          <DeviceButton isSmall />
        </>
      );
    case "getPremium":
      return (
        <PageLink href="https://www.spotify.com/premium/" text={words.music.remedy.getPremium} />
      );
    case "installSpotify":
      return (
        <PageLink
          href="https://www.spotify.com/download/"
          text={words.music.remedy.installSpotify}
        />
      );
    // Only the app's owner can help, as the text says.
    case "askForAccess":
    case "nothing":
    case "wait":
      return null;
  }
}

/** A page at Spotify. When the person returns from it, the music tries again. */
function PageLink({ href, text }: { readonly href: string; readonly text: string }) {
  const { follower } = useLiveShow();
  const isAway = useRef(false);
  useEffect(() => {
    const returned = () => {
      if (document.visibilityState !== "visible" || !isAway.current) return;
      isAway.current = false;
      follower?.resume();
    };
    document.addEventListener("visibilitychange", returned);
    return () => {
      document.removeEventListener("visibilitychange", returned);
    };
  }, [follower]);
  return (
    <a
      class="button button-plain button-small"
      href={href}
      target="_blank"
      rel="noreferrer"
      onClick={() => {
        isAway.current = true;
      }}
    >
      <span>{text}</span>
    </a>
  );
}

function obstacleText(): Readonly<Partial<Record<Outcome["kind"], string>>> {
  return {
    ...words.music.obstacle,
    appMissing: messageOf("SPOTIFY_APP_MISSING"),
    notAllowListed: words.signIn.notAllowed,
    relinkRequired: messageOf("SPOTIFY_RELINK_REQUIRED"),
    rateLimited: messageOf("SPOTIFY_RATE_LIMITED"),
    quotaExceeded: messageOf("SPOTIFY_QUOTA_EXCEEDED"),
    unavailable: messageOf("SPOTIFY_UNAVAILABLE"),
  };
}
