import { asAmbientError, type AmbientError, type Playlist } from "@ambient/client";
import { useRef, useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";

type Track = Playlist["tracks"][number];

interface Wanted {
  readonly tracks: readonly Track[];
  /** The playlist's revision that has it; undefined while an edit is under way. */
  readonly revision?: number;
}

/**
 * The tracks as a host wants them: seen at once, and sent one edit after the other, however quickly they
 * are asked for. A refusal brings back what the playlist says.
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
    /** What is seen is not the show's yet. */
    isAhead,
    error,
    dismiss: () => {
      setError(undefined);
    },
    reorder: (tracks: readonly Track[]) => {
      setWanted({ tracks });
      setError(undefined);
      const uris = tracks.map(({ uri }) => uri);
      // What an edit builds on is what was seen when it was made: another host's edit must not be undone.
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
