import { useSession } from "../ambient/context.js";
import { useAction } from "../ambient/useAction.js";
import { useSubscribable, valueOf } from "../ambient/useSubscribable.js";
import { Avatar } from "../ui/Avatar.js";
import { Button } from "../ui/Button.js";
import { Refused, Skeleton } from "../ui/Notice.js";
import { useKeptFocus } from "../ui/useKeptFocus.js";

/** The people whom the person blocks, with a button to lift each block. */
export function BlockedPeople() {
  const { ambient, uid } = useSession();
  const blocked = useSubscribable(() => ambient.account.blocked(), [ambient, uid]);
  const { area } = useKeptFocus<HTMLElement>();
  return (
    <section class="card" aria-labelledby="blocked" ref={area} tabIndex={-1}>
      <h2 id="blocked">Blocked people</h2>
      <p class="muted">
        You and the people whom you block do not see each other, and cannot join each other’s shows.
      </p>
      {blocked.kind === "loading" && <Skeleton rows={1} label="Loading blocked people" />}
      {blocked.kind === "failed" && <Refused error={blocked.error} />}
      {blocked.kind === "known" && blocked.value.length === 0 && (
        <p>You have not blocked anyone.</p>
      )}
      {blocked.kind === "known" && (
        <ul class="row-list">
          {blocked.value.map((other) => (
            <BlockedPerson key={other} uid={other} />
          ))}
        </ul>
      )}
    </section>
  );
}

function BlockedPerson({ uid }: { readonly uid: string }) {
  const { ambient } = useSession();
  const profile = valueOf(
    useSubscribable(() => ambient.account.profile(uid), [ambient, uid]),
    undefined,
  );
  const { isPending, error, run, dismiss } = useAction();
  const name = profile?.displayName ?? "Someone";
  return (
    <li>
      <div class="ban">
        <span class="row-person">
          <Avatar uid={uid} name={name} size={34} />
          <span class="row-title">{name}</span>
        </span>
        <Button
          isSmall
          isBusy={isPending}
          label={`Unblock ${name}`}
          onClick={() => {
            run(() => ambient.account.unblock(uid));
          }}
        >
          Unblock
        </Button>
      </div>
      <Refused error={error} onDismiss={dismiss} />
    </li>
  );
}
