import { z } from "zod";
import { currencyCode, minorUnits } from "./money.js";

/** How much can be given in one currency, in its smallest unit. */
const supportRange = z.object({
  min: minorUnits,
  max: minorUnits,
  suggested: z.array(minorUnits),
});

/** `config/client`: what every app reads at its start, signed in or not. */
export const clientConfigDocument = z.object({
  /** The oldest version of each app that still works: below it, the app asks to be updated. */
  minVersions: z
    .object({ ios: z.string(), android: z.string(), web: z.string() })
    .default({ ios: "0", android: "0", web: "0" })
    .meta({ data: "config" }),
  features: z.record(z.string(), z.boolean()).default({}).meta({ data: "config" }),
  /** The tags that a show can have. Without it, shows have no tags. */
  tags: z.array(z.string()).optional().meta({ data: "config" }),
  /** The terms in force: people accept them before they create a show, comment or speak. Without it, there are none. */
  termsVersion: z.int().positive().optional().meta({ data: "config" }),
  /** How creators can be supported through Stripe. Without it, they cannot. */
  support: z
    .object({
      currencies: z.record(currencyCode, supportRange),
    })
    .optional()
    .meta({ data: "config" }),
});
export type ClientConfigDocument = z.infer<typeof clientConfigDocument>;
