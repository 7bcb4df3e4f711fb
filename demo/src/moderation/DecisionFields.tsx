import type { Decision, Report } from "@ambient/client";
import { useState } from "preact/hooks";
import { Choice } from "../ui/Field.js";
import { decisionsOn, decisionText } from "./words.js";

const DAY_MS = 86_400_000;

const lengths = [
  { value: 1, text: "1 day" },
  { value: 7, text: "7 days" },
  { value: 30, text: "30 days" },
  { value: 0, text: "For good" },
] as const;

/** A decision, and for how long if it is a suspension. */
export interface Choosing {
  readonly decision: Decision;
  readonly setDecision: (decision: Decision) => void;
  readonly days: number;
  readonly setDays: (days: number) => void;
  /** What the client takes for the end of a suspension. */
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
        label="Decision"
        value={decision}
        options={options.map((value) => ({ value, text: decisionText[value] }))}
        onChange={setDecision}
      />
      {decision === "account_suspended" && (
        <Choice label="For how long" value={days} options={lengths} onChange={setDays} />
      )}
    </>
  );
}
