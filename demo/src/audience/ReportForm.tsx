import type { Report } from "@ambient/client";
import { useState } from "preact/hooks";
import { useAction } from "@ambient/react";
import { useSession } from "../ambient/context.js";
import { Button } from "../ui/Button.js";
import { Choice, TextField } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

const categories = [
  "other",
  "harassment",
  "hate",
  "sexual",
  "spam",
  "copyright",
  "child_safety",
  "imminent_harm",
] as const;

export interface Reported {
  /** Alone, the show itself is reported. */
  readonly showId?: string;
  readonly commentId?: string;
  readonly uid?: string;
}

/** Sends a report to Ambient's admins. */
export function ReportForm({
  about,
  onDone,
}: {
  readonly about: Reported;
  readonly onDone: () => void;
}) {
  const { ambient } = useSession();
  const [reason, setReason] = useState("");
  const [category, setCategory] = useState<Report["category"]>("other");
  const [isSent, setSent] = useState(false);
  const { isPending, error, run } = useAction();
  if (isSent) {
    return (
      <div class="form">
        <p role="status">{words.audience.reportSent}</p>
        <div class="actions">
          <Button onClick={onDone}>{words.common.done}</Button>
        </div>
      </div>
    );
  }
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        run(async () => {
          await ambient.report(reason.trim(), { ...about, category });
          setSent(true);
        });
      }}
    >
      <Choice
        label={words.audience.reportCategory}
        value={category}
        options={categories.map((value) => ({ value, text: words.moderation.categories[value] }))}
        onChange={setCategory}
      />
      <TextField
        label={words.audience.reportReason}
        value={reason}
        onInput={setReason}
        longest={500}
        isRequired
      />
      <div class="actions">
        <Button type="submit" kind="danger" isBusy={isPending} isDisabled={reason.trim() === ""}>
          {words.audience.sendReport}
        </Button>
      </div>
      <Refused error={error} />
    </form>
  );
}
