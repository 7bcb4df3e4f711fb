import type { Decision, Notice, Report } from "@ambient/client";

export const decisionText: Readonly<Record<Notice["decision"], string>> = {
  no_violation: "No violation",
  warning_given: "Warning",
  content_hidden: "Content hidden",
  show_taken_down: "Show taken down",
  account_suspended: "Account suspended",
  unknown: "Decided",
};

export const categoryText: Readonly<Record<Report["category"], string>> = {
  imminent_harm: "Somebody is in danger",
  child_safety: "Child safety",
  harassment: "Harassment",
  hate: "Hate",
  sexual: "Sexual content",
  spam: "Spam",
  copyright: "Copyright",
  other: "Something else",
};

export const kindText: Readonly<Record<Notice["about"]["kind"], string>> = {
  comment: "comment",
  profile: "profile",
  show: "show",
  unknown: "contribution",
};

/** The decisions that fit what was reported. */
export function decisionsOn({ about }: Report): readonly Decision[] {
  const effects: readonly Decision[] =
    about.kind === "show" ? ["show_taken_down"] : ["content_hidden"];
  return ["no_violation", "warning_given", ...effects, "account_suspended"];
}
