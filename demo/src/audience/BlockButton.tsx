import { useSession } from "../ambient/context.js";
import { useAction } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

/** Blocks a person: both no longer see each other. The account page lifts blocks. */
export function BlockButton({
  uid,
  name,
  onDone,
}: {
  readonly uid: string;
  readonly name: string;
  readonly onDone: () => void;
}) {
  const { ambient } = useSession();
  const { isPending, error, run } = useAction();
  return (
    <>
      <Button
        kind="quiet"
        isBusy={isPending}
        onClick={() => {
          run(async () => {
            await ambient.account.block(uid);
            onDone();
          });
        }}
      >
        {words.audience.blockPerson(name)}
      </Button>
      <Refused error={error} />
    </>
  );
}
