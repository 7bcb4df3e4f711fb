import { useSession } from "../ambient/context.js";
import { leaveSlot } from "../app/slot.js";
import { useAction } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { ConfirmButton } from "../ui/ConfirmButton.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

/** Tells the app that a sign-out is on purpose, so that it does not report a lost sign-in. */
export type SetSigningOut = (isSigningOut: boolean) => void;

/** Download of what is stored, and the deletion of the account. */
export function YourData({ setSigningOut }: { readonly setSigningOut: SetSigningOut }) {
  const { ambient } = useSession();
  const { isPending, error, run } = useAction();
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
        <ConfirmButton
          button={{ kind: "danger", children: words.account.data.delete }}
          title={words.account.data.confirm}
          confirmText={words.account.data.deleteForever}
          cancelText={words.account.data.keep}
          onConfirm={async () => {
            setSigningOut(true);
            try {
              // Also takes the person out of their show, unless the server refuses it.
              await ambient.account.delete();
            } catch (refusal) {
              setSigningOut(false);
              throw refusal;
            }
            leaveSlot();
          }}
        >
          <p>{words.account.data.consequences}</p>
          <p>{words.account.data.irreversible}</p>
        </ConfirmButton>
      </div>
      <Refused error={error} />
    </section>
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
