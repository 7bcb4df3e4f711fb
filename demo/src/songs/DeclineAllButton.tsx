import type { SongRequest } from "@ambient/client";
import { useAction } from "@ambient/react";
import { useState } from "preact/hooks";
import { useLiveShow } from "../show/ShowContext.js";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

/** Declines all listed songs after a confirmation. The list has room for others then. */
export function DeclineAllButton({ songs }: { readonly songs: readonly SongRequest[] }) {
  const { songRequests } = useLiveShow().show;
  const [isAsking, setAsking] = useState(false);
  const { isPending, error, run } = useAction();
  return (
    <>
      <Button
        kind="quiet"
        isSmall
        onClick={() => {
          setAsking(true);
        }}
      >
        {words.songs.declineAll}
      </Button>
      {isAsking && (
        <Dialog
          title={words.songs.declineAllTitle}
          onClose={() => {
            setAsking(false);
          }}
        >
          <p>{words.songs.declineAllHint}</p>
          <Refused error={error} />
          <div class="actions">
            <Button
              kind="danger"
              isBusy={isPending}
              onClick={() => {
                run(async () => {
                  await Promise.all(songs.map(({ id }) => songRequests.decide(id, "decline")));
                  setAsking(false);
                });
              }}
            >
              {words.songs.declineAll}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
