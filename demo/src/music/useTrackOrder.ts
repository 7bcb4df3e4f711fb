import { asAmbientError, type AmbientError, type Playlist } from "@ambient/client";
import { useRef, useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";

type Track = Playlist["tracks"][number];

interface Wanted {
  readonly tracks: readonly Track[];
  /** The playlist's revision with this order; undefined while an edit is being sent. */
  readonly revision?: number;
}

/**
 * The tracks in the order that the host wants. Edits show at once and are sent one at a time. A refusal restores
 * the playlist's order.
 */
export function useTrackOrder(showId: string, playlist: Playlist | undefined) {
  const { ambient } = useSession();
  const [wanted, setWanted] = useState<Wanted>();
  const [error, setError] = useState<AmbientError>();
  const underWay = useRef<Promise<number>>(undefined);
  const known = playlist?.revision ?? 0;
  const isAhead = wanted !== undefined && (wanted.revision ?? Infinity) > known;
  return {
    tracks: isAhead ? wanted.tracks : (playlist?.tracks ?? []),
    /** The order on screen is not confirmed yet. */
    isAhead,
    error,
    dismiss: () => {
      setError(undefined);
    },
    reorder: (tracks: readonly Track[]) => {
      setWanted({ tracks });
      setError(undefined);
      const uris = tracks.map(({ uri }) => uri);
      // An edit builds on the revision that the host saw, so that it cannot undo another host's edit.
      const base =
        underWay.current ?? Promise.resolve((isAhead ? wanted.revision : undefined) ?? known);
      const edit = base.then((revision) => ambient.playlists.reorder(showId, revision, uris));
      const finish = (result: Wanted | undefined, failure?: AmbientError) => {
        if (underWay.current !== edit) return;
        underWay.current = undefined;
        setWanted(result);
        setError(failure);
      };
      underWay.current = edit;
      edit.then(
        (revision) => {
          finish({ tracks, revision });
        },
        (thrown: unknown) => {
          finish(undefined, asAmbientError(thrown));
        },
      );
    },
  };
}
