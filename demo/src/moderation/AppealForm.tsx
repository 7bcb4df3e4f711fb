import type { Report } from "@ambient/client";
import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { TextField } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";
import { DecisionFields, useDecision } from "./DecisionFields.js";
import { words } from "../words/words.js";

/** Decides an appeal. If nothing was found wrong and that is reversed, the report is decided again. */
export function AppealForm({
  report,
  onSettled,
}: {
  readonly report: Report;
  readonly onSettled: () => void;
}) {
  const { ambient } = useSession();
  const [reason, setReason] = useState("");
  const [isAwaited, setAwaited] = useState(false);
  const choosing = useDecision("warning_given");
  const { isPending, error, run } = useAction();
  const isAnew = report.decided?.decision === "no_violation";
  const decide = (outcome: "upheld" | "reversed") => {
    const anew =
      isAnew && outcome === "reversed"
        ? { decision: choosing.decision, ...choosing.end() }
        : undefined;
    run(async () => {
      const { reportId } = report;
      const { state } = await ambient.admin.decideAppeal(reportId, outcome, reason.trim(), anew);
      if (state === "appealed") setAwaited(true);
      else onSettled();
    });
  };
  const isDisabled = reason.trim() === "";
  return (
    <div class="form">
      {isAnew && <DecisionFields report={report} choosing={choosing} without="no_violation" />}
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
        <Button
          kind="primary"
          isBusy={isPending}
          isDisabled={isDisabled}
          onClick={() => {
            decide("reversed");
          }}
        >
          {words.moderation.reverse}
        </Button>
        <Button
          isBusy={isPending}
          isDisabled={isDisabled}
          onClick={() => {
            decide("upheld");
          }}
        >
          {words.moderation.uphold}
        </Button>
      </div>
      {isAwaited && <p role="status">{words.moderation.secondAdmin}</p>}
      <Refused error={error} />
    </div>
  );
}
