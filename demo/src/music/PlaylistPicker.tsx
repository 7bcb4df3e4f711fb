import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { counted } from "../ui/format.js";
import { Empty, Refused, Skeleton } from "../ui/Notice.js";
import { Artwork } from "./Artwork.js";

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
        Choose a playlist
      </Button>
      {isOpen && (
        <Dialog
          title="Your playlists"
          onClose={() => {
            setOpen(false);
          }}
        >
          {!playlists && loading.isPending && <Skeleton rows={4} label="Loading your playlists" />}
          <Refused error={loading.error ?? filling.error} />
          {playlists?.length === 0 && (
            <Empty icon="music" title="No playlists at Spotify">
              Create one there, and it appears here.
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
                    <span class="row-title">{name}</span>
                  </span>
                  <span class="muted small">{counted(trackCount, "track")}</span>
                </button>
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </>
  );
}
