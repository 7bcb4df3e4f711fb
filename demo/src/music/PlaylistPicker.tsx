import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { Empty, Refused, Skeleton } from "../ui/Notice.js";
import { Artwork } from "./Artwork.js";
import { words } from "../words/words.js";

type MyPlaylists = Awaited<
  ReturnType<ReturnType<typeof useSession>["ambient"]["playlists"]["mine"]>
>["items"];

/** Fills a show from one of the creator's Spotify playlists. */
export function PlaylistPicker({ showId }: { readonly showId: string }) {
  const { ambient } = useSession();
  const [isOpen, setOpen] = useState(false);
  const [playlists, setPlaylists] = useState<MyPlaylists>();
  const loading = useAction();
  const filling = useAction();
  return (
    <>
      <Button
        icon="music"
        onClick={() => {
          setOpen(true);
          loading.run(async () => {
            setPlaylists((await ambient.playlists.mine({ limit: 50 })).items);
          });
        }}
      >
        {words.music.choosePlaylist}
      </Button>
      {isOpen && (
        <Dialog
          title={words.music.yourPlaylists}
          onClose={() => {
            setOpen(false);
          }}
        >
          {!playlists && loading.isPending && <Skeleton rows={4} />}
          <Refused error={loading.error ?? filling.error} />
          {playlists?.length === 0 && (
            <Empty icon="music" title={words.music.noPlaylists}>
              {words.music.noPlaylistsHint}
            </Empty>
          )}
          <ul class="row-list">
            {playlists?.map(({ id, name, trackCount }) => (
              <li key={id}>
                <button
                  type="button"
                  class="row-link"
                  disabled={filling.isPending}
                  onClick={() => {
                    filling.run(async () => {
                      await ambient.playlists.setPlaylist(showId, id);
                      setOpen(false);
                    });
                  }}
                >
                  <span class="row-person">
                    <span class="track-art">
                      <Artwork seed={id} />
                    </span>
                    <span class="row-title" dir="auto">
                      {name}
                    </span>
                  </span>
                  <span class="muted small">{words.count.tracks(trackCount)}</span>
                </button>
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </>
  );
}
