import type { Pages } from "@ambient/react";
import { Fragment, type ReactNode } from "react";
import { Button } from "./Button";
import { Loading, Refused } from "./Notice";
import { Text } from "./Text";

/** A list that grows page by page. */
export function PagedList<Item extends { readonly id: string }>({
  pages: { items, error, isLoading, more },
  what,
  empty,
  children,
}: {
  readonly pages: Pages<Item>;
  /** The list's name, for screen readers. */
  readonly what: string;
  /** Shown in place of an empty list. */
  readonly empty?: string;
  readonly children: (item: Item) => ReactNode;
}) {
  return (
    <>
      {items?.length === 0 && empty !== undefined && <Text color="muted">{empty}</Text>}
      {items?.map((item) => (
        <Fragment key={item.id}>{children(item)}</Fragment>
      ))}
      {!items && isLoading && <Loading what={`Loading: ${what}`} />}
      <Refused error={error} retry={more} />
      {items && !error && more && (
        <Button text="Show more" label={`Show more: ${what}`} isBusy={isLoading} onPress={more} />
      )}
    </>
  );
}
