import { useEffect, useState } from "preact/hooks";
import { useAction } from "@ambient/react";
import { useAnnounce } from "../app/Announcer.js";
import { Button } from "../ui/Button.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

const COPIED_MS = 3_000;

/** Shares the show's link with the device's own dialog, or copies it where there is none. */
export function ShareButton({
  showId,
  title,
}: {
  readonly showId: string;
  readonly title: string;
}) {
  const announce = useAnnounce();
  const [copying, setCopying] = useState<"copied" | "refused">();
  const { isPending, error, run } = useAction();
  const url = `${location.origin}/s/${showId}`;
  useEffect(() => {
    if (copying !== "copied") return undefined;
    const timer = setTimeout(() => {
      setCopying(undefined);
    }, COPIED_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [copying]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setCopying("copied");
      announce(words.show.linkCopied);
    } catch {
      // The browser or the person does not allow it.
      setCopying("refused");
    }
  };
  const share = async () => {
    // TypeScript assumes that it exists; many desktop browsers lack it.
    const canShare: boolean = Reflect.has(navigator, "share");
    if (!canShare) return copy();
    return navigator.share({ title, url }).catch((thrown: unknown) => {
      // The person closed the dialog.
      if (!(thrown instanceof DOMException) || thrown.name !== "AbortError") throw thrown;
    });
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
        {copying === "copied" ? words.show.linkCopied : words.show.share}
      </Button>
      {copying === "refused" && (
        <div class="refused" role="alert">
          <p>
            {words.show.copyRefused} <a href={url}>{url}</a>
          </p>
        </div>
      )}
      <Refused error={error} />
    </>
  );
}
