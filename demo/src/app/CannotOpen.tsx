import { messageFor, type AmbientError } from "@ambient/client";
import { Button } from "../ui/Button.js";
import { NoticePage } from "../ui/Notice.js";

/** A page that could not be loaded. */
export function CannotOpen({
  what,
  error,
  onRetry,
}: {
  /** What the page would show, as the beginning of a sentence. */
  readonly what: string;
  readonly error: AmbientError;
  readonly onRetry: () => void;
}) {
  const isOffline = error.reason === "OFFLINE";
  return (
    <NoticePage
      icon={isOffline ? "offline" : "close"}
      title={isOffline ? "You are offline" : `${what} cannot be opened`}
      actions={
        <>
          <Button kind="primary" onClick={onRetry}>
            Try again
          </Button>
          <a class="button button-plain" href="#/">
            <span>Back</span>
          </a>
        </>
      }
    >
      <p>{isOffline ? "You can try again once you are back online." : messageFor(error.reason)}</p>
    </NoticePage>
  );
}
