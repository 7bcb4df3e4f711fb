import type { Pages } from "../ambient/usePages.js";
import { Button } from "./Button.js";

/** Loads the next page of a list, while there is one. */
export function MoreButton({
  what,
  pages: { more },
}: {
  readonly what: string;
  readonly pages: Pick<Pages<unknown>, "more">;
}) {
  if (!more) return null;
  return (
    <div class="actions">
      <Button isSmall label={`More: ${what}`} onClick={more}>
        More
      </Button>
    </div>
  );
}
