import {
  asAmbientError,
  attribution,
  type SavedPlaylist,
  saveSetlist,
  spotifyOf,
} from "@ambient/client";
import { useMemo, useState } from "preact/hooks";
import { signInAgain } from "../account/signIn.js";
import { useSession } from "../ambient/context.js";
import { useObservable } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { clockTime, spokenTime } from "../ui/format.js";
import { Refused, Skeleton } from "../ui/Notice.js";
import { Artwork } from "./Artwork.js";
import { messageOf, words } from "../words/words.js";

/** How many tracks to show at first. A setlist may have 500. */
const FIRST = 8;

/** What an ended show played. Renders nothing if it played nothing. */
export function Setlist({ showId }: { readonly showId: string }) {
  const { ambient } = useSession();
  const found = useObservable(ambient.shows.setlistOf(showId));
  const [isWhole, setWhole] = useState(false);
  if (found.kind === "loading") return <Skeleton rows={2} />;
  if (found.kind === "failed") {
    return (
      <section class="card setlist" aria-labelledby="setlist">
        <h2 id="setlist">{words.music.setlist}</h2>
        <Refused error={found.error} />
      </section>
    );
  }
  if (!found.value) return null;
  const { tracks } = found.value;
  const shown = isWhole ? tracks : tracks.slice(0, FIRST);
  return (
    <section class="card setlist" aria-labelledby="setlist">
      <div class="now-head">
        <h2 id="setlist">{words.music.setlist}</h2>
        <span class="muted small">{words.count.plays(tracks.length)}</span>
      </div>
      <ol class="tracks">
        {shown.map(({ uri, name, artists, startedAt, playedMs }) => (
          <li class="track" key={startedAt}>
            <span class="track-art">
              <Artwork seed={uri} />
            </span>
            <span class="track-text">
              <span class="track-name" dir="auto">
                {name || words.music.unknownTrack}
              </span>
              <span class="muted small" dir="auto">
                {artists.join(", ")}
              </span>
            </span>
            <span class="muted small figures-inline">
              <span aria-hidden="true">{clockTime(playedMs)}</span>
              <span class="visually-hidden">{words.music.playedFor(spokenTime(playedMs))}</span>
            </span>
          </li>
        ))}
      </ol>
      {tracks.length > FIRST && (
        <Button
          kind="quiet"
          isSmall
          onClick={() => {
            setWhole(!isWhole);
          }}
        >
          {isWhole ? words.common.showFewer : words.common.showAll(tracks.length)}
        </Button>
      )}
      <SaveButton showId={showId} />
    </section>
  );
}

type Saving =
  | { readonly kind: "not yet" | "running" }
  | { readonly kind: "done"; readonly saved: SavedPlaylist }
  | { readonly kind: "failed"; readonly message: string; readonly needsSignIn: boolean };

function SaveButton({ showId }: { readonly showId: string }) {
  const { ambient, suite } = useSession();
  const [saving, setSaving] = useState<Saving>({ kind: "not yet" });
  const api = useMemo(
    () => spotifyOf(ambient, { baseUrl: `http://${suite.spotify}/v1` }),
    [ambient, suite],
  );
  const save = () => {
    setSaving({ kind: "running" });
    saveSetlist(ambient, showId, { api }).then(
      (saved) => {
        setSaving({ kind: "done", saved });
      },
      (error: unknown) => {
        const { reason } = asAmbientError(error);
        const needsSignIn = reason === "SPOTIFY_RELINK_REQUIRED";
        const message = needsSignIn ? words.music.saveNeedsSignIn : messageOf(reason);
        setSaving({ kind: "failed", message, needsSignIn });
      },
    );
  };
  if (saving.kind === "done") {
    const { isNew, link } = saving.saved;
    return (
      <p role="status">
        {isNew ? words.music.saved : words.music.savedBefore}{" "}
        <a
          href={link.web}
          target="_blank"
          rel="noreferrer"
          onClick={() => {
            ambient.shows.countUse(showId, "opened").catch(() => undefined);
          }}
        >
          {attribution.openButton}
        </a>
      </p>
    );
  }
  return (
    <>
      {saving.kind === "failed" && (
        <div class="refused" role="alert">
          <p>{saving.message}</p>
          {saving.needsSignIn && (
            <Button
              isSmall
              onClick={() => {
                signInAgain(suite);
              }}
            >
              {words.common.signInAgain}
            </Button>
          )}
        </div>
      )}
      <div class="actions">
        <Button kind="primary" icon="plus" isBusy={saving.kind === "running"} onClick={save}>
          {words.music.save}
        </Button>
        <span class="muted small">{attribution.source}</span>
      </div>
    </>
  );
}
