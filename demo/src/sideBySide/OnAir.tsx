import type { Ambient, ShowDetails, Stay } from "@ambient/client";
import { useCallback, useEffect } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction } from "@ambient/react";
import { placeOfShow } from "../app/route.js";
import { Button } from "../ui/Button.js";
import { NoticePage, Refused } from "../ui/Notice.js";
import type { OnAirMessage } from "./onAirMessage.js";
import { words } from "../words/words.js";

/** Opens the person's live show or, if they have none, starts a new one with music. */
export function OnAir() {
  const { ambient, stay } = useSession();
  const { error, run } = useAction();
  const goOnAir = useCallback(() => {
    run(async () => {
      const showId = await showOnAir(ambient, stay);
      const message: OnAirMessage = { kind: "onAir", showId };
      if (parent !== window) parent.postMessage(message, location.origin);
      location.replace(placeOfShow(showId));
    });
  }, [ambient, stay, run]);
  useEffect(goOnAir, [goOnAir]);
  return (
    <NoticePage
      icon="microphone"
      title={words.sideBySide.goingLive}
      actions={error && <Button onClick={goOnAir}>{words.common.tryAgain}</Button>}
    >
      <p>{words.sideBySide.goingLiveHint}</p>
      <Refused error={error} />
    </NoticePage>
  );
}

async function showOnAir(ambient: Ambient, stay: Stay): Promise<string> {
  const live = (await myShows(ambient)).find(({ status }) => status === "live");
  if (live) return live.id;
  const showId = await ambient.shows.create({
    title: words.sideBySide.showTitle,
    description: words.sideBySide.showDescription,
  });
  const { items } = await ambient.playlists.mine();
  const [playlist] = items.filter(({ trackCount }) => trackCount > 0);
  if (playlist) await ambient.playlists.setPlaylist(showId, playlist.id);
  await stay.start(showId);
  return showId;
}

function myShows(ambient: Ambient): Promise<readonly ShowDetails[]> {
  return new Promise((resolve, reject) => {
    const stop = ambient.shows.mine().subscribe(({ items }) => {
      resolve(items);
      queueMicrotask(() => {
        stop();
      });
    }, reject);
  });
}
