import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useObservable } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { GiveForm } from "./GiveForm.js";
import { words } from "../words/words.js";

/**
 * Opens the ways to support a creator; nothing if they have none. While music plays there are none: Spotify allows no
 * commerce beside its music.
 */
export function SupportButton({
  creatorUid,
  name,
  showId,
  isMusicOn = false,
}: {
  readonly creatorUid: string;
  readonly name: string;
  readonly showId?: string;
  readonly isMusicOn?: boolean;
}) {
  const { ambient, uid } = useSession();
  const [isOpen, setOpen] = useState(false);
  const profile = useObservable(ambient.account.profile(creatorUid)).value;
  const config = useObservable(ambient.config).value;
  const link = profile?.supportLink ?? "";
  const currencies = profile?.acceptsSupport === true ? config?.support?.currencies : undefined;
  if (creatorUid === uid || (link === "" && !currencies)) return null;
  if (isMusicOn && !isOpen) return null;
  return (
    <>
      <Button
        icon="heart"
        onClick={() => {
          setOpen(true);
        }}
      >
        {words.support.support}
      </Button>
      {isOpen && (
        <Dialog
          title={words.support.supportPerson(name)}
          onClose={() => {
            setOpen(false);
          }}
        >
          {currencies && (
            <GiveForm creatorUid={creatorUid} name={name} showId={showId} currencies={currencies} />
          )}
          {link !== "" && (
            <p>
              {words.support.ownPage(name)}{" "}
              <a href={link} target="_blank" rel="noreferrer noopener">
                {link.replace(/^https:\/\//, "")}
              </a>
            </p>
          )}
        </Dialog>
      )}
    </>
  );
}
