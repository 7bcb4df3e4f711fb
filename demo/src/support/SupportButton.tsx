import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useObservable } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import type { MenuItem } from "../ui/Menu.js";
import { GiveForm } from "./GiveForm.js";
import { words } from "../words/words.js";

export interface Supported {
  readonly creatorUid: string;
  readonly name: string;
  readonly showId?: string;
  readonly isMusicOn?: boolean;
}

interface Support {
  /** Undefined if there is no way to support the creator. */
  readonly action: MenuItem | undefined;
  readonly dialog: ComponentChildren;
}

/** Opens the ways to support a creator; nothing if they have none. */
export function SupportButton(supported: Supported) {
  const support = useSupport(supported);
  return (
    <>
      <SupportOpener support={support} />
      {support.dialog}
    </>
  );
}

export function SupportOpener({ support: { action } }: { readonly support: Support }) {
  if (!action) return null;
  return (
    <Button icon={action.icon} onClick={action.run}>
      {action.text}
    </Button>
  );
}

/** While music plays, nobody can support: Spotify allows no commerce with its music. An open dialog stays. */
export function useSupport({ creatorUid, name, showId, isMusicOn = false }: Supported): Support {
  const { ambient, uid } = useSession();
  const [isOpen, setOpen] = useState(false);
  const profile = useObservable(ambient.account.profile(creatorUid)).value;
  const config = useObservable(ambient.config).value;
  const link = profile?.supportLink ?? "";
  const currencies = profile?.acceptsSupport === true ? config?.support?.currencies : undefined;
  const isOffered = creatorUid !== uid && (link !== "" || currencies !== undefined);
  const open = () => {
    setOpen(true);
  };
  return {
    action:
      isOffered && (!isMusicOn || isOpen)
        ? { icon: "heart", text: words.support.support, run: open }
        : undefined,
    dialog: isOffered && isOpen && (
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
    ),
  };
}
