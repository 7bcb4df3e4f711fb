import type { Notice } from "@ambient/client";
import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction, useObservable } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { TextField } from "../ui/Field.js";
import { momentText } from "../ui/format.js";
import { Refused, Skeleton } from "../ui/Notice.js";
import { words } from "../words/words.js";

/** What admins decided about the person and on their reports. Renders nothing if there are no notices. */
export function Notices() {
  const { ambient } = useSession();
  const notices = useObservable(ambient.account.notices());
  if (notices.kind === "known" && notices.value.length === 0) return null;
  return (
    <section class="card" aria-labelledby="notices">
      <h2 id="notices">{words.moderation.notices.title}</h2>
      {notices.kind === "loading" && <Skeleton rows={1} />}
      {notices.kind === "failed" && <Refused error={notices.error} />}
      {notices.kind === "known" && (
        <ul class="form">
          {notices.value.map((notice) => (
            <li key={notice.id} class="form">
              <NoticeText notice={notice} />
              <AppealForm notice={notice} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function titleOf({ about, decision, kind, until }: Notice): string {
  const { decisions, kinds, notices } = words.moderation;
  const subject = kinds[about.kind];
  const name = decisions[decision];
  const decided = until ? notices.until(name, momentText(until.toMillis())) : name;
  switch (kind) {
    case "decision":
      return notices.decision(subject, decided);
    case "report_outcome":
      return notices.reportOutcome(subject, decided);
    case "appeal_outcome":
      return notices.appealOutcome(subject, decided);
    case "suspension_lifted":
      return notices.suspensionLifted;
    case "unknown":
      return notices.unknown;
  }
}

function NoticeText({ notice }: { readonly notice: Notice }) {
  const { about, createdAt, reason } = notice;
  return (
    <div>
      <p>
        <strong>{titleOf(notice)}</strong>
      </p>
      <blockquote dir="auto">{about.excerpt}</blockquote>
      <p dir="auto">{reason}</p>
      <p class="muted small">{momentText(createdAt.toMillis())}</p>
    </div>
  );
}

function AppealForm({ notice }: { readonly notice: Notice }) {
  const { ambient } = useSession();
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [isSent, setSent] = useState(false);
  const { isPending, error, run } = useAction();
  const { appealUntil } = notice;
  if (!appealUntil || appealUntil.toMillis() < Date.now()) return null;
  if (isSent) return <p role="status">{words.moderation.notices.appealSent}</p>;
  if (!isOpen) {
    return (
      <div class="actions">
        <Button
          isSmall
          onClick={() => {
            setOpen(true);
          }}
        >
          {words.moderation.notices.appeal}
        </Button>
        <span class="muted small">
          {words.moderation.notices.appealUntil(momentText(appealUntil.toMillis()))}
        </span>
      </div>
    );
  }
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        run(async () => {
          await ambient.account.appeal(notice.id, text.trim());
          setSent(true);
        });
      }}
    >
      <TextField
        label={words.moderation.notices.appealReason}
        value={text}
        onInput={setText}
        longest={2000}
        isLong
        isRequired
      />
      <div class="actions">
        <Button type="submit" kind="primary" isBusy={isPending} isDisabled={text.trim() === ""}>
          {words.moderation.notices.appealSend}
        </Button>
      </div>
      <Refused error={error} />
    </form>
  );
}
