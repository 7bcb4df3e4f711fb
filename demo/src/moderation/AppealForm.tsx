import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction } from "../ambient/useAction.js";
import { Button } from "../ui/Button.js";
import { TextField } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";

/** Decides an appeal for good. */
export function AppealForm({
  reportId,
  onSettled,
}: {
  readonly reportId: string;
  readonly onSettled: () => void;
}) {
  const { ambient } = useSession();
  const [reason, setReason] = useState("");
  const { isPending, error, run } = useAction();
  const decide = (outcome: "upheld" | "reversed") => {
    run(async () => {
      await ambient.admin.decideAppeal(reportId, outcome, reason.trim());
      onSettled();
    });
  };
  const isDisabled = reason.trim() === "";
  return (
    <div class="form">
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
        <Button
          kind="primary"
          isBusy={isPending}
          isDisabled={isDisabled}
          onClick={() => {
            decide("reversed");
          }}
        >
          Reverse the decision
        </Button>
        <Button
          isBusy={isPending}
          isDisabled={isDisabled}
          onClick={() => {
            decide("upheld");
          }}
        >
          Uphold the decision
        </Button>
      </div>
      <Refused error={error} />
    </div>
  );
}
