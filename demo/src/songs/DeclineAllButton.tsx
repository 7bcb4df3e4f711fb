import type { SongRequest } from "@ambient/client";
import { useState } from "preact/hooks";
import { useLiveShow } from "../show/ShowContext.js";
import { Button } from "../ui/Button.js";
import { ConfirmDialog } from "../ui/ConfirmDialog.js";
import { words } from "../words/words.js";

/** Declines the songs that were listed when the host clicked, after a confirmation. The list has room for others then. */
export function DeclineAllButton({ songs }: { readonly songs: readonly SongRequest[] }) {
  const { songRequests } = useLiveShow().show;
  const [chosen, setChosen] = useState<readonly SongRequest[]>();
  const declineAll = (wanted: readonly SongRequest[]) => {
    // After a failure, the others are declined already.
    const left = wanted.filter((song) => songs.some(({ id }) => id === song.id));
    return Promise.all(left.map(({ id }) => songRequests.decide(id, "decline")));
  };
  return (
    <>
      {songs.length > 1 && (
        <Button
          kind="quiet"
          isSmall
          onClick={() => {
            setChosen(songs);
          }}
        >
          {words.songs.declineAll}
        </Button>
      )}
      {chosen && (
        <ConfirmDialog
          title={words.songs.declineAllTitle}
          confirmText={words.songs.declineAll}
          onConfirm={() => declineAll(chosen)}
          onClose={() => {
            setChosen(undefined);
          }}
        >
          <p>{words.songs.declineAllHint}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
