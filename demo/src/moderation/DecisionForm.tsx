import type { Decision, Report } from "@ambient/client";
import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction } from "../ambient/useAction.js";
import { Button } from "../ui/Button.js";
import { Choice, TextField } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";
import { decisionsOn, decisionText } from "./words.js";

const DAY_MS = 86_400_000;

const lengths = [
  { value: 1, text: "1 day" },
  { value: 7, text: "7 days" },
  { value: 30, text: "30 days" },
  { value: 0, text: "For good" },
] as const;

/** Both sides read the reason. */
export function DecisionForm({
  report,
  onSettled,
}: {
  readonly report: Report;
  readonly onSettled: () => void;
}) {
  const { ambient } = useSession();
  const [decision, setDecision] = useState<Decision>("no_violation");
  const [days, setDays] = useState<number>(7);
  const [reason, setReason] = useState("");
  const [isAwaited, setAwaited] = useState(false);
  const { isPending, error, run } = useAction();
  const isSuspension = decision === "account_suspended";
  const decide = async () => {
    const until = isSuspension && days > 0 ? { until: new Date(Date.now() + days * DAY_MS) } : {};
    const { status } = await ambient.admin.resolve(report.reportId, decision, reason.trim(), until);
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
      <Choice
        label="Decision"
        value={decision}
        options={decisionsOn(report).map((value) => ({ value, text: decisionText[value] }))}
        onChange={setDecision}
      />
      {isSuspension && (
        <Choice label="For how long" value={days} options={lengths} onChange={setDays} />
      )}
      <TextField
        label="Why?"
        hint="The person concerned and the reporter read this."
        value={reason}
        onInput={setReason}
        longest={2000}
        isLong
        isRequired
      />
      <div class="actions">
        <Button type="submit" kind="primary" isBusy={isPending} isDisabled={reason.trim() === ""}>
          Decide
        </Button>
      </div>
      {isAwaited && (
        <p role="status">This person is an admin: a second admin has to decide the same.</p>
      )}
      <Refused error={error} />
    </form>
  );
}
