import type { Decision, Notice, Report } from "@ambient/client";

export const decisionText: Readonly<Record<Decision, string>> = {
  no_violation: "No violation",
  warning_given: "Warning",
  content_hidden: "Hidden",
  show_taken_down: "Show taken down",
  account_suspended: "Account suspended",
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
};

/** The decisions that fit what was reported. */
export function decisionsOn({ about }: Report): readonly Decision[] {
  const all: readonly Decision[] = [
    "no_violation",
    "warning_given",
    "content_hidden",
    "show_taken_down",
    "account_suspended",
  ];
  return all.filter((decision) => {
    if (decision === "content_hidden") return about?.kind !== "show";
    return decision !== "show_taken_down" || about?.showId !== null;
  });
}
