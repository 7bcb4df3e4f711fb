import type { AmbientError } from "@ambient/client";
import type { Suite } from "../suite/suite.js";
import { leaveSlot } from "../app/slot.js";
import { Button } from "../ui/Button.js";
import { momentText } from "../ui/format.js";
import { NoticePage } from "../ui/Notice.js";
import { beginSignIn, type Aim } from "./signIn.js";
import { messageOf, words } from "../words/words.js";

export function SignInFailed({
  suite,
  error,
  aim,
}: {
  readonly suite: Suite;
  readonly error: AmbientError;
  readonly aim: Aim;
}) {
  return (
    <main class="bare">
      <NoticePage
        icon="close"
        title={words.signIn.failed}
        actions={
          <>
            <Button
              kind="primary"
              onClick={() => {
                void beginSignIn(suite, aim.slot, aim.persona, aim.place);
              }}
            >
              {words.signIn.again}
            </Button>
            <Button onClick={leaveSlot}>{words.signIn.toStart}</Button>
          </>
        }
      >
        <p>{messageOf(error.reason)}</p>
        {error.reason === "ACCOUNT_SUSPENDED" && (
          <>
            <blockquote dir="auto">{error.details.statement}</blockquote>
            <p>
              {error.details.until === undefined
                ? words.signIn.permanent
                : words.signIn.until(momentText(error.details.until))}
            </p>
          </>
        )}
        {error.reason === "SPOTIFY_NOT_ALLOWED" && <p>{words.signIn.notAllowed}</p>}
      </NoticePage>
    </main>
  );
}
