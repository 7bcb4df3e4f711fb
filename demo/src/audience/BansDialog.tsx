import { useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { Dialog } from "../ui/Dialog.js";
import { Empty, Refused, Skeleton } from "../ui/Notice.js";
import { useKeptFocus } from "../ui/useKeptFocus.js";
import { BanRow } from "./BanRow.js";
import { words } from "../words/words.js";

/** The banned people, for hosts. */
export function BansDialog({ onClose }: { readonly onClose: () => void }) {
  const { show } = useLiveShow();
  const bans = useObservable(show.moderation.bans());
  const { area } = useKeptFocus<HTMLDivElement>();
  return (
    <Dialog title={words.audience.bans} onClose={onClose}>
      <div ref={area} tabIndex={-1}>
        {bans.kind === "loading" && <Skeleton rows={1} />}
        {bans.kind === "failed" && <Refused error={bans.error} />}
        {bans.kind === "known" && bans.value.length === 0 && (
          <Empty icon="people" title={words.audience.nobodyBanned} />
        )}
        {bans.kind === "known" && (
          <ul class="row-list">
            {bans.value.map((ban) => (
              <BanRow key={ban.uid} ban={ban} />
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}
