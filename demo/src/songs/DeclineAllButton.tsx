import type { SongRequest } from "@ambient/client";
import { useLiveShow } from "../show/ShowContext.js";
import { ConfirmButton } from "../ui/ConfirmButton.js";
import { words } from "../words/words.js";

/** Declines all listed songs after a confirmation. The list has room for others then. */
export function DeclineAllButton({ songs }: { readonly songs: readonly SongRequest[] }) {
  const { songRequests } = useLiveShow().show;
  return (
    <ConfirmButton
      button={{ kind: "quiet", isSmall: true, children: words.songs.declineAll }}
      title={words.songs.declineAllTitle}
      confirmText={words.songs.declineAll}
      onConfirm={() => Promise.all(songs.map(({ id }) => songRequests.decide(id, "decline")))}
    >
      <p>{words.songs.declineAllHint}</p>
    </ConfirmButton>
  );
}
