import { z } from "zod";
import { order } from "../../local/process/orders/order.js";
import { testProfile } from "./profile.js";

export const orders = {
  /** Returns which expressions a file's tests evaluate. */
  profile: order(
    "profile",
    z.object({ rules: z.string(), file: z.string() }),
    z.array(testProfile),
  ),
  /** Returns the test or cell that failed, if any. */
  kill: order(
    "kill",
    z.object({
      rules: z.string(),
      /** Titles of tests. The next batch runs only if no test of the earlier ones failed. */
      batches: z.array(z.array(z.string())),
      /** The paths whose cells of the authorisation matrix are executed after the tests. */
      paths: z.array(z.string()),
    }),
    z.string().nullable(),
  ),
} as const;
