import { z } from "zod";
import { testProfile } from "./profile.js";

/** What the worker is asked: which expressions a file's tests evaluate, or whether tests kill a mutant. */
export const question = z.discriminatedUnion("ask", [
  z.object({ ask: z.literal("profile"), rules: z.string(), file: z.string() }),
  z.object({
    ask: z.literal("kill"),
    rules: z.string(),
    /** Titles of tests. The next batch runs only if no test of the earlier ones failed. */
    batches: z.array(z.array(z.string())),
    /** The paths whose cells of the authorization matrix are executed after the tests. */
    paths: z.array(z.string()),
  }),
]);
export type Question = z.output<typeof question>;

export const profileAnswer = z.object({ profiles: z.array(testProfile) });
export const killAnswer = z.object({ killedBy: z.string().optional() });
/** An error in the worker. */
export const failure = z.object({ failure: z.string() });
