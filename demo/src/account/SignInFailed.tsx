import { messageFor, type AmbientError } from "@ambient/client";
import type { Suite } from "../suite/suite.js";
import { Button } from "../ui/Button.js";
import { momentText } from "../ui/format.js";
import { NoticePage } from "../ui/Notice.js";
import { beginSignIn, type Aim } from "./signIn.js";

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
        title="You are not signed in"
        actions={
          <>
            <Button
              kind="primary"
              onClick={() => {
                void beginSignIn(suite, aim.slot, aim.persona, aim.place);
              }}
            >
              Try again with Spotify
            </Button>
            <a class="button button-plain" href="/">
              <span>Back to the start</span>
            </a>
          </>
        }
      >
        <p>{messageFor(error.reason)}</p>
        {error.reason === "ACCOUNT_SUSPENDED" && (
          <>
            <blockquote>{error.details.statement}</blockquote>
            <p>
              {error.details.until === undefined
                ? "The suspension is permanent."
                : `The suspension ends ${momentText(error.details.until)}.`}
            </p>
          </>
        )}
        {error.reason === "SPOTIFY_NOT_ALLOWED" && (
          <p>
            While an app is in Spotify's development mode, only people on its list may use it. The
            owner of the app can add you there.
          </p>
        )}
      </NoticePage>
    </main>
  );
}
