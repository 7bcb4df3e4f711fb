import type { AmbientError } from "@ambient/client";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { useViewFocus } from "../app/useViewFocus.js";
import { Button } from "./Button.js";
import { Icon, type IconName } from "./Icon.js";
import { messageOf, words } from "../words/words.js";

/** A full view with one message and what to do next. */
export function NoticePage({
  icon,
  title,
  children,
  actions,
  below,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ComponentChildren;
  readonly actions?: ComponentChildren;
  /** What else belongs to the page, after what to do next. */
  readonly below?: ComponentChildren;
}) {
  const heading = useViewFocus(title);
  return (
    <section class="notice-page" aria-labelledby="notice-title">
      <span class="notice-mark">
        <Icon name={icon} size={30} />
      </span>
      <h1 id="notice-title" ref={heading} tabIndex={-1} dir="auto">
        {title}
      </h1>
      <div class="notice-text">{children}</div>
      {actions !== undefined && <div class="actions actions-center">{actions}</div>}
      {below !== undefined && <div class="notice-below">{below}</div>}
    </section>
  );
}

/** Shown instead of an empty list. */
export function Empty({
  icon,
  title,
  children,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <Icon name={icon} size={26} />
      <p class="empty-title">{title}</p>
      {children !== undefined && <div class="muted">{children}</div>}
    </div>
  );
}

/** A message across the view that stays until it no longer applies. */
export function Banner({
  icon,
  kind = "info",
  children,
  actions,
}: {
  readonly icon: IconName;
  readonly kind?: "info" | "warning" | "invitation";
  readonly children: ComponentChildren;
  readonly actions?: ComponentChildren;
}) {
  return (
    // An invitation arrives in a live region.
    <div class={`banner banner-${kind}`} role={kind === "invitation" ? undefined : "status"}>
      <Icon name={icon} />
      <div class="banner-text">{children}</div>
      {actions !== undefined && <div class="actions">{actions}</div>}
    </div>
  );
}

/** An error, next to the action that was refused. “You're offline” disappears once the network returns. */
export function Refused({
  error,
  messages,
  onDismiss,
}: {
  readonly error: AmbientError | undefined;
  /** Instead of the client's messages. */
  readonly messages?: Partial<Record<AmbientError["reason"], string>>;
  readonly onDismiss?: () => void;
}) {
  const [reconnected, setReconnected] = useState<AmbientError>();
  // Before the error is painted: the network may be back right after it.
  useLayoutEffect(() => {
    if (error?.reason !== "OFFLINE") return undefined;
    const hear = () => {
      setReconnected(error);
    };
    addEventListener("online", hear);
    return () => {
      removeEventListener("online", hear);
    };
  }, [error]);
  if (!error || error === reconnected) return null;
  return (
    <div class="refused" role="alert">
      <p>
        {messages?.[error.reason] ?? messageOf(error.reason)}
        {error.retryAfterSeconds !== undefined &&
          ` (${words.count.shortSeconds(error.retryAfterSeconds)})`}
      </p>
      {onDismiss && (
        <Button kind="quiet" isSmall onClick={onDismiss}>
          {words.common.dismiss}
        </Button>
      )}
    </div>
  );
}

/** A full view that is loading. */
export function LoadingPage({ label }: { readonly label: string }) {
  return (
    <div class="page">
      <h1 class="visually-hidden">{label}</h1>
      <Skeleton rows={6} label={label} />
    </div>
  );
}

/** Reserves the space of content that is loading. */
export function Skeleton({
  rows,
  label = words.common.loading,
}: {
  readonly rows: number;
  readonly label?: string;
}) {
  return (
    <div class="skeleton" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, index) => (
        <span key={index} class="skeleton-row" style={{ animationDelay: `${index * 120}ms` }} />
      ))}
    </div>
  );
}
