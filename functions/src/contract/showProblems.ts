import { z } from "zod";
import { refusalReason, refusals } from "./reasons.js";

/** Problems that do not prevent a start but spoil the show. */
const warningReason = z.enum(["SPOTIFY_GRANT_ENDING", "PLAYLIST_EMPTY", "TRACKS_UNPLAYABLE"]);

const warnings: Record<z.infer<typeof warningReason>, string> = {
  SPOTIFY_GRANT_ENDING: "Spotify's grant ends within two weeks: sign in with Spotify again.",
  PLAYLIST_EMPTY: "The show has no tracks to play.",
  TRACKS_UNPLAYABLE: "Spotify says that some of the show's tracks cannot be played any more.",
};

export const problemReason = z.enum([...refusalReason.options, ...warningReason.options]);
export type ProblemReason = z.infer<typeof problemReason>;

/** A problem of a show: a refusal that its start would meet, or a warning. */
export const showProblem = z.strictObject({ reason: problemReason, message: z.string() });
export type ShowProblem = z.infer<typeof showProblem>;

export function problem(reason: ProblemReason): ShowProblem {
  const warning = warningReason.safeParse(reason);
  const message = warning.success
    ? warnings[warning.data]
    : refusals[refusalReason.parse(reason)].message;
  return { reason, message };
}
