import { z } from "zod";

export const accountRequest = z.strictObject({
  account: z.string(),
  chargesEnabled: z.boolean().exactOptional(),
  payoutsEnabled: z.boolean().exactOptional(),
  requirementsDue: z.array(z.string()).exactOptional(),
  /** Takes the account away from the project. */
  disconnect: z.literal(true).exactOptional(),
  /** Pays out everything. */
  payOut: z.literal(true).exactOptional(),
});

export const sessionRequest = z.strictObject({
  session: z.string(),
  /** `pay_later`, and then `settle` or `fail`: a method that needs a bank. */
  act: z.enum(["pay", "pay_later", "settle", "fail", "expire"]),
});

export const paymentRequest = z.strictObject({
  /** Of the newest payment of this session. */
  session: z.string(),
  act: z.enum(["refund", "inquire", "dispute", "win", "lose"]),
  /** For a refund of a part. */
  amount: z.int().positive().exactOptional(),
});

export const webhooksRequest = z.strictObject({ isHolding: z.boolean() });

export const deliverRequest = z.strictObject({
  order: z.enum(["given", "reversed"]).default("given"),
  times: z.int().min(1).max(5).default(1),
});
