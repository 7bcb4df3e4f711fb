import type { Decision, Report } from "@ambient/client";
import { useState } from "preact/hooks";
import { Choice } from "../ui/Field.js";
import { decisionsOn } from "./decisionsOn.js";
import { words } from "../words/words.js";

const DAY_MS = 86_400_000;

/** Days; 0 is permanent. */
const lengths = [1, 7, 30, 0];

/** A decision, and for how long if it is a suspension. */
export interface Choosing {
  readonly decision: Decision;
  readonly setDecision: (decision: Decision) => void;
  readonly days: number;
  readonly setDays: (days: number) => void;
  /** The end of a suspension, in the form that the client takes. */
  readonly end: () => { readonly until?: Date };
}

export function useDecision(first: Decision): Choosing {
  const [decision, setDecision] = useState(first);
  const [days, setDays] = useState(7);
  return {
    decision,
    setDecision,
    days,
    setDays,
    end: () =>
      decision === "account_suspended" && days > 0
        ? { until: new Date(Date.now() + days * DAY_MS) }
        : {},
  };
}

export function DecisionFields({
  report,
  choosing,
  without,
}: {
  readonly report: Report;
  readonly choosing: Choosing;
  readonly without?: Decision;
}) {
  const { decision, setDecision, days, setDays } = choosing;
  const options = decisionsOn(report).filter((each) => each !== without);
  return (
    <>
      <Choice
        label={words.moderation.decision}
        value={decision}
        options={options.map((value) => ({ value, text: words.moderation.decisions[value] }))}
        onChange={setDecision}
      />
      {decision === "account_suspended" && (
        <Choice
          label={words.moderation.duration}
          value={days}
          options={lengths.map((value) => ({
            value,
            text: value === 0 ? words.moderation.permanent : words.moderation.days(value),
          }))}
          onChange={setDays}
        />
      )}
    </>
  );
}
