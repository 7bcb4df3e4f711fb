import type { AmbientError } from "@ambient/client";
import { Button } from "../ui/Button.js";
import { NoticePage } from "../ui/Notice.js";
import { messageOf, words } from "../words/words.js";

/** A page that could not be loaded. */
export function CannotOpen({
  error,
  onRetry,
}: {
  readonly error: AmbientError;
  readonly onRetry: () => void;
}) {
  const isOffline = error.reason === "OFFLINE";
  return (
    <NoticePage
      icon={isOffline ? "offline" : "close"}
      title={isOffline ? words.app.offline : words.app.cannotOpen}
      actions={
        <>
          <Button kind="primary" onClick={onRetry}>
            {words.common.tryAgain}
          </Button>
          <a class="button button-plain" href="#/">
            <span>{words.app.back}</span>
          </a>
        </>
      }
    >
      <p>{isOffline ? words.app.offlineHint : messageOf(error.reason)}</p>
    </NoticePage>
  );
}
