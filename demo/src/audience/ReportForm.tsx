import type { Report } from "@ambient/client";
import { useState } from "preact/hooks";
import { useAction } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { Button } from "../ui/Button.js";
import { categoryText } from "../moderation/words.js";
import { Choice, TextField } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";

const categoryOrder = [
  "other",
  "harassment",
  "hate",
  "sexual",
  "spam",
  "copyright",
  "child_safety",
  "imminent_harm",
] as const;
const categories = categoryOrder.map((value) => ({ value, text: categoryText[value] }));

/** Sends a report to Ambient's admins. */
export function ReportForm({
  about,
  onDone,
}: {
  readonly about: { readonly commentId?: string; readonly uid?: string };
  readonly onDone: () => void;
}) {
  const { show } = useLiveShow();
  const [reason, setReason] = useState("");
  const [category, setCategory] = useState<Report["category"]>("other");
  const [isSent, setSent] = useState(false);
  const { isPending, error, run } = useAction();
  if (isSent) {
    return (
      <div class="form">
        <p role="status">Thank you. Ambient's admins will look at it.</p>
        <div class="actions">
          <Button onClick={onDone}>Done</Button>
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
          await show.moderation.report(reason.trim(), { ...about, category });
          setSent(true);
        });
      }}
    >
      <Choice label="Category" value={category} options={categories} onChange={setCategory} />
      <TextField
        label="What is wrong?"
        value={reason}
        onInput={setReason}
        longest={500}
        isRequired
      />
      <div class="actions">
        <Button type="submit" kind="danger" isBusy={isPending} isDisabled={reason.trim() === ""}>
          Send the report
        </Button>
      </div>
      <Refused error={error} />
    </form>
  );
}
