import { useEffect, useState } from "preact/hooks";
import { useAction } from "@ambient/react";
import { useAnnounce } from "../app/Announcer.js";
import { placeOfCreator } from "../app/route.js";
import { Button } from "../ui/Button.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

const COPIED_MS = 3_000;

export function ShareButton({
  showId,
  title,
}: {
  readonly showId: string;
  readonly title: string;
}) {
  return <ShareLink url={`${location.origin}/s/${showId}`} title={title} />;
}

export function ShareCreator({ uid, name }: { readonly uid: string; readonly name: string }) {
  return <ShareLink url={`${location.origin}/${placeOfCreator(uid)}`} title={name} />;
}

/** Copies a link and, where the device has a dialog for that, shares it. */
function ShareLink({ url, title }: { readonly url: string; readonly title: string }) {
  const announce = useAnnounce();
  const [copying, setCopying] = useState<"copied" | "refused">();
  const { isPending, error, run } = useAction();
  // TypeScript assumes that it exists; many desktop browsers lack it.
  const canShare: boolean = Reflect.has(navigator, "share");
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
  const share = () =>
    navigator.share({ title, url }).catch((thrown: unknown) => {
      // The person closed the dialog.
      if (!(thrown instanceof DOMException) || thrown.name !== "AbortError") throw thrown;
    });
  return (
    <>
      {canShare && (
        <Button
          kind="quiet"
          isSmall
          icon="up"
          isBusy={isPending}
          onClick={() => {
            run(share);
          }}
        >
          {words.show.share}
        </Button>
      )}
      <Button
        kind="quiet"
        isSmall
        icon="link"
        isBusy={isPending}
        onClick={() => {
          run(copy);
        }}
      >
        {copying === "copied" ? words.show.linkCopied : words.show.copyLink}
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
