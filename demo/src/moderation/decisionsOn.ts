import type { Decision, Report } from "@ambient/client";

/** The decisions that fit what was reported. */
export function decisionsOn({ about }: Report): readonly Decision[] {
  const effects: readonly Decision[] =
    about.kind === "show" ? ["show_taken_down"] : ["content_hidden"];
  return ["no_violation", "warning_given", ...effects, "account_suspended"];
}
