import type { Report } from "@ambient/client";
import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { TextField } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";
import { DecisionFields, useDecision } from "./DecisionFields.js";
import { words } from "../words/words.js";

/** Both sides read the reason. */
export function DecisionForm({
  report,
  onSettled,
}: {
  readonly report: Report;
  readonly onSettled: () => void;
}) {
  const { ambient } = useSession();
  const choosing = useDecision("no_violation");
  const [reason, setReason] = useState("");
  const [isAwaited, setAwaited] = useState(false);
  const { isPending, error, run } = useAction();
  const decide = async () => {
    const { decision } = choosing;
    const end = choosing.end();
    const { status } = await ambient.admin.resolve(report.reportId, decision, reason.trim(), end);
    if (status === "resolved") onSettled();
    else setAwaited(true);
  };
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        run(decide);
      }}
    >
      <DecisionFields report={report} choosing={choosing} />
      <TextField
        label={words.moderation.reason}
        hint={words.moderation.reasonHint}
        value={reason}
        onInput={setReason}
        longest={2000}
        isLong
        isRequired
      />
      <div class="actions">
        <Button type="submit" kind="primary" isBusy={isPending} isDisabled={reason.trim() === ""}>
          {words.moderation.decide}
        </Button>
      </div>
      {isAwaited && <p role="status">{words.moderation.secondAdmin}</p>}
      <Refused error={error} />
    </form>
  );
}
