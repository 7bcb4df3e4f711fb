import type { WebApiPlayer } from "@ambient/client";
import { useEffect, useState } from "preact/hooks";
import { useAction } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { Empty, Refused, Skeleton } from "../ui/Notice.js";
import { words } from "../words/words.js";

/** Lets the listener choose on which of their devices Spotify plays. */
export function DeviceButton({ isSmall = false }: { readonly isSmall?: boolean }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        kind="quiet"
        icon="sound"
        isSmall={isSmall}
        onClick={() => {
          setOpen(true);
        }}
      >
        {words.music.devices.choose}
      </Button>
      {isOpen && (
        <DeviceDialog
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

type Devices = Awaited<ReturnType<WebApiPlayer["devices"]>>;

function DeviceDialog({ onClose }: { readonly onClose: () => void }) {
  const { follower, player } = useLiveShow();
  const [devices, setDevices] = useState<Devices>();
  const { error, run } = useAction();
  useEffect(() => {
    run(async () => {
      setDevices(await player.devices());
    });
  }, [player, run]);
  return (
    <Dialog title={words.music.devices.title} onClose={onClose}>
      <Refused error={error} />
      {!devices && !error && <Skeleton rows={2} />}
      {devices?.length === 0 && (
        <Empty icon="sound" title={words.music.devices.none}>
          {words.music.devices.noneHint}
        </Empty>
      )}
      {devices && devices.length > 0 && (
        <ul class="row-list">
          {devices.map(({ id, isActive, name, type }) => (
            <li key={id}>
              <button
                type="button"
                class="row-link"
                onClick={() => {
                  player.use(id);
                  follower?.resume();
                  onClose();
                }}
              >
                <span>
                  <span class="row-title" dir="auto">
                    {name}
                  </span>
                  <span class="muted small">{words.music.devices.types.get(type) ?? type}</span>
                </span>
                {isActive && <span class="tag">{words.music.devices.active}</span>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
