import type { ComponentChildren } from "preact";
import { useSession } from "../ambient/context.js";
import { type Action, useObservable } from "@ambient/react";
import { placeOfCreator } from "../app/route.js";
import { Avatar } from "./Avatar.js";
import { Refused } from "./Notice.js";
import { words } from "../words/words.js";

/** The name of a person of whom a list knows only the uid. */
export function useNameOf(uid: string): string {
  const { ambient } = useSession();
  const profile = useObservable(ambient.account.profile(uid));
  return profile.value?.displayName ?? words.common.someone;
}

/** A person in a list, with actions. */
export function PersonRow({
  uid,
  name,
  detail,
  hasPage = false,
  children,
  action,
}: {
  readonly uid: string;
  readonly name: string;
  readonly detail?: ComponentChildren;
  /** The name links to the person's page. */
  readonly hasPage?: boolean;
  /** Buttons. */
  readonly children?: ComponentChildren;
  readonly action?: Pick<Action, "error" | "dismiss">;
}) {
  const person = (
    <>
      <Avatar uid={uid} name={name} size={34} />
      <span>
        <span class="row-title" dir="auto">
          {name}
        </span>
        {detail}
      </span>
    </>
  );
  return (
    <li>
      <div class="row">
        {hasPage ? (
          <a class="row-person person-link" href={placeOfCreator(uid)}>
            {person}
          </a>
        ) : (
          <span class="row-person">{person}</span>
        )}
        <span class="row-actions">{children}</span>
      </div>
      {action && <Refused error={action.error} onDismiss={action.dismiss} />}
    </li>
  );
}
