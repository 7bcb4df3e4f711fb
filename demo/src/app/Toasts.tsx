import { createPortal } from "preact/compat";
import { useEffect, useRef } from "preact/hooks";
import { usePushedMessages } from "../notifications/usePushedMessages.js";
import { StandingInvitation } from "../stage/Invitation.js";
import { IconButton } from "../ui/Button.js";
import { Icon } from "../ui/Icon.js";
import { Refused } from "../ui/Notice.js";
import { overlay } from "./overlay.js";
import { useToastList, type Toast } from "./Toaster.js";
import { words } from "../words/words.js";

/** Long enough to read it twice. Only the time in which the person can see it counts. */
const SHOWN_MS = 10_000;

/** What just happened, over every view: messages that are pushed to this page, and what hosts do. */
export function Toasts() {
  const { toasts, dismiss } = useToastList();
  const { error, dismissError } = usePushedMessages();
  return createPortal(
    <>
      <StandingInvitation />
      <div
        class="toast-list"
        role="status"
        aria-atomic="false"
        aria-label={words.notifications.new}
      >
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onDismiss={dismiss} />
        ))}
      </div>
      <Refused error={error} onDismiss={dismissError} />
    </>,
    overlay,
  );
}

function ToastCard({
  toast: { id, icon, title, text, href },
  onDismiss,
}: {
  readonly toast: Toast;
  readonly onDismiss: (id: number) => void;
}) {
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const restart = () => {
      clearInterval(timer);
      if (document.visibilityState !== "visible") return;
      timer = setInterval(() => {
        // It stays for people who are about to use it.
        if (!card.current?.matches(":hover, :focus-within")) onDismiss(id);
      }, SHOWN_MS);
    };
    restart();
    document.addEventListener("visibilitychange", restart);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", restart);
    };
  }, [id, onDismiss]);
  const content = (
    <>
      <strong dir="auto">{title}</strong>
      {text !== undefined && (
        <span class="muted" dir="auto">
          {text}
        </span>
      )}
    </>
  );
  return (
    <div class="toast" ref={card}>
      <Icon name={icon} />
      {href === undefined ? (
        <p class="toast-text">{content}</p>
      ) : (
        <a
          class="toast-text"
          href={href}
          onClick={() => {
            onDismiss(id);
          }}
        >
          {content}
        </a>
      )}
      <IconButton
        icon="close"
        label={words.notifications.dismiss(title)}
        onClick={() => {
          onDismiss(id);
        }}
      />
    </div>
  );
}
