import type { Pages } from "@ambient/react";
import { Button } from "./Button.js";
import { Refused } from "./Notice.js";
import { words } from "../words/words.js";

/** The end of a list: a button for the next page, or what went wrong and a button to try again. */
export function ListEnd({
  what,
  pages: { error, isLoading, more },
  text = words.common.more,
}: {
  readonly what: string;
  readonly pages: Pick<Pages<unknown>, "error" | "isLoading" | "more">;
  readonly text?: string;
}) {
  const action = error ? words.common.tryAgain : text;
  return (
    <>
      <Refused error={error} />
      {more && (
        <div class="actions">
          <Button isSmall isBusy={isLoading} label={`${action}: ${what}`} onClick={more}>
            {action}
          </Button>
        </div>
      )}
    </>
  );
}
