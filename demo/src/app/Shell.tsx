import type { ComponentChildren } from "preact";
import { useSession } from "../ambient/context.js";
import { useObservable } from "@ambient/react";
import { InboxLink } from "../notifications/InboxLink.js";
import { ShowBar } from "../show/ShowBar.js";
import { ShowNotices } from "../show/ShowNotices.js";
import { Avatar } from "../ui/Avatar.js";
import { Banner } from "../ui/Notice.js";
import { Logo } from "./Logo.js";
import { ThemeButton } from "./ThemeButton.js";
import { Toasts } from "./Toasts.js";
import { messageOf, words } from "../words/words.js";

/** The frame around every view. */
export function Shell({
  slot,
  shownShowId,
  children,
}: {
  readonly slot: string;
  readonly shownShowId: string | undefined;
  readonly children: ComponentChildren;
}) {
  const { ambient, uid } = useSession();
  const profile = useObservable(ambient.account.profile(uid)).value;
  const connection = useObservable(ambient.connection).value;
  const name = profile?.displayName ?? slot;
  return (
    <div class="shell">
      <button
        type="button"
        class="skip-link"
        onClick={() => {
          document.getElementById("main")?.focus();
        }}
      >
        {words.app.skip}
      </button>
      <header class="topbar">
        <a class="brand" href="#/">
          <Logo />
          <span>
            Ambient<span class="visually-hidden">, {words.app.home}</span>
          </span>
        </a>
        <nav class="topbar-side" aria-label={words.app.menu}>
          <InboxLink />
          <ThemeButton />
          <a class="me" href="#/account">
            <Avatar uid={uid} name={name} size={34} />
            <span class="visually-hidden">{words.app.account(name)}</span>
          </a>
        </nav>
      </header>
      <Toasts />
      <ShowNotices />
      <main id="main" tabIndex={-1}>
        {connection === "offline" && (
          <div class="shell-banner">
            <Banner icon="offline" kind="warning">
              <strong>{messageOf("OFFLINE")}</strong> {words.app.offlineBanner}
            </Banner>
          </div>
        )}
        {children}
      </main>
      <ShowBar shownShowId={shownShowId} />
    </div>
  );
}
