import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useAction } from "@ambient/react";
import { placeOfCreator } from "../app/route.js";
import { useToast } from "../app/Toaster.js";
import { Button } from "../ui/Button.js";
import type { MenuItem } from "../ui/Menu.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

export function ShareButton({
  showId,
  title,
}: {
  readonly showId: string;
  readonly title: string;
}) {
  return <ShareButtons share={useShareShow(showId, title)} />;
}

export function ShareCreator({ uid, name }: { readonly uid: string; readonly name: string }) {
  return <ShareButtons share={useShare(`${location.origin}/${placeOfCreator(uid)}`, name)} />;
}

export interface Share {
  readonly actions: readonly MenuItem[];
  readonly isPending: boolean;
  /** Why an action failed. */
  readonly failure: ComponentChildren;
}

export function useShareShow(showId: string, title: string): Share {
  return useShare(`${location.origin}/s/${showId}`, title);
}

export function ShareButtons({ share }: { readonly share: Share }) {
  return (
    <>
      {share.actions.map(({ icon, text, run }) => (
        <Button key={text} kind="quiet" isSmall icon={icon} isBusy={share.isPending} onClick={run}>
          {text}
        </Button>
      ))}
      {share.failure}
    </>
  );
}

/** Copies a link and, where the device has a dialog for that, shares it. */
function useShare(url: string, title: string): Share {
  const { toast } = useToast();
  const [isCopyRefused, setCopyRefused] = useState(false);
  const { isPending, error, run } = useAction();
  // TypeScript assumes that it exists; many desktop browsers lack it.
  const canShare: boolean = Reflect.has(navigator, "share");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setCopyRefused(false);
      toast({ icon: "link", title: words.show.linkCopied, topic: "copy" });
    } catch {
      // The browser or the person does not allow it.
      setCopyRefused(true);
    }
  };
  const share = () =>
    navigator.share({ title, url }).catch((thrown: unknown) => {
      // The person closed the dialog.
      if (!(thrown instanceof DOMException) || thrown.name !== "AbortError") throw thrown;
    });
  const actionOf = (icon: MenuItem["icon"], text: string, work: () => Promise<unknown>) => ({
    icon,
    text,
    run() {
      run(work);
    },
  });
  return {
    isPending,
    actions: [
      ...(canShare ? [actionOf("up", words.show.share, share)] : []),
      actionOf("link", words.show.copyLink, copy),
    ],
    failure: (
      <>
        {isCopyRefused && (
          <div class="refused" role="alert">
            <p>
              {words.show.copyRefused} <a href={url}>{url}</a>
            </p>
          </div>
        )}
        <Refused error={error} />
      </>
    ),
  };
}
