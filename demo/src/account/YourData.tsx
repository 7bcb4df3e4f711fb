import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { leaveSlot } from "../app/slot.js";
import { useAction } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

/** Tells the app that a sign-out is on purpose, so that it does not report a lost sign-in. */
export type SetSigningOut = (isSigningOut: boolean) => void;

/** Download of what is stored, and the deletion of the account. */
export function YourData({ setSigningOut }: { readonly setSigningOut: SetSigningOut }) {
  const { ambient } = useSession();
  const { isPending, error, run } = useAction();
  const [isAsking, setAsking] = useState(false);
  return (
    <section class="card" aria-labelledby="your-data">
      <h2 id="your-data">{words.account.data.title}</h2>
      <div class="actions">
        <Button
          isBusy={isPending}
          onClick={() => {
            run(async () => {
              download(await ambient.account.export(), "ambient-account.ndjson");
            });
          }}
        >
          {words.account.data.download}
        </Button>
        <Button
          kind="danger"
          onClick={() => {
            setAsking(true);
          }}
        >
          {words.account.data.delete}
        </Button>
      </div>
      <Refused error={error} />
      {isAsking && (
        <ConfirmDeletion
          setSigningOut={setSigningOut}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </section>
  );
}

/** Says what happens, because it cannot be undone. */
function ConfirmDeletion({
  setSigningOut,
  onClose,
}: {
  readonly setSigningOut: SetSigningOut;
  readonly onClose: () => void;
}) {
  const { ambient } = useSession();
  const { isPending, error, run } = useAction();
  return (
    <Dialog title={words.account.data.confirm} onClose={onClose}>
      <p>{words.account.data.consequences}</p>
      <p>{words.account.data.irreversible}</p>
      <Refused error={error} />
      <div class="actions">
        <Button
          kind="danger"
          isBusy={isPending}
          onClick={() => {
            run(async () => {
              setSigningOut(true);
              try {
                // Also takes the person out of their show, unless the server refuses it.
                await ambient.account.delete();
              } catch (refusal) {
                setSigningOut(false);
                throw refusal;
              }
              leaveSlot();
            });
          }}
        >
          {words.account.data.deleteForever}
        </Button>
        <Button onClick={onClose}>{words.account.data.keep}</Button>
      </div>
    </Dialog>
  );
}

function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
