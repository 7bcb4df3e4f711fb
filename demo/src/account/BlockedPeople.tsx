import { useSession } from "../ambient/context.js";
import { useAction, usePages } from "@ambient/react";
import { PeopleSection } from "../ui/PeopleSection.js";
import { PersonRow, useNameOf } from "../ui/PersonRow.js";
import { Button } from "../ui/Button.js";
import { words } from "../words/words.js";

/** The people whom the person blocks, with a button to lift each block. */
export function BlockedPeople() {
  const { ambient, uid } = useSession();
  const blocked = usePages((request) => ambient.account.blocked(request), [ambient, uid]);
  return (
    <PeopleSection
      title={words.account.blocked.title}
      hint={words.account.blocked.hint}
      nothing={words.account.blocked.nobody}
      pages={blocked}
      row={(other) => <BlockedPerson key={other} uid={other} />}
    />
  );
}

function BlockedPerson({ uid }: { readonly uid: string }) {
  const { ambient } = useSession();
  const action = useAction();
  const name = useNameOf(uid);
  return (
    <PersonRow uid={uid} name={name} action={action}>
      <Button
        isSmall
        isBusy={action.isPending}
        label={words.account.blocked.unblockPerson(name)}
        onClick={() => {
          action.run(() => ambient.account.unblock(uid));
        }}
      >
        {words.account.blocked.unblock}
      </Button>
    </PersonRow>
  );
}
