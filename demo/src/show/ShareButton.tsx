import { useAction } from "../ambient/useAction.js";
import { useAnnounce } from "../app/Announcer.js";
import { Button } from "../ui/Button.js";
import { Refused } from "../ui/Notice.js";
import { useState } from "preact/hooks";

/** Shares the show's link with the device's own dialog, or copies it where there is none. */
export function ShareButton({
  showId,
  title,
}: {
  readonly showId: string;
  readonly title: string;
}) {
  const announce = useAnnounce();
  const [isCopied, setCopied] = useState(false);
  const { isPending, error, run } = useAction();
  const share = async () => {
    const url = `${location.origin}/s/${showId}`;
    // TypeScript takes it for granted; browsers on a desk often lack it.
    const canShare: boolean = Reflect.has(navigator, "share");
    if (canShare) {
      await navigator.share({ title, url }).catch((thrown: unknown) => {
        // The person closed the dialog.
        if (!(thrown instanceof DOMException) || thrown.name !== "AbortError") throw thrown;
      });
      return;
    }
    await navigator.clipboard.writeText(url);
    setCopied(true);
    announce("Link copied");
  };
  return (
    <>
      <Button
        kind="quiet"
        isSmall
        icon="link"
        isBusy={isPending}
        onClick={() => {
          run(share);
        }}
      >
        {isCopied ? "Link copied" : "Share"}
      </Button>
      <Refused error={error} />
    </>
  );
}
