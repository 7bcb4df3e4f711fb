import { z } from "zod";

/**
 * `GET /v1/me` in both quota modes: development mode no longer returns email, country and product. `account_id` is
 * immutable, `id` is not (Web API changelog of May 2026).
 */
export const profileAnswer = z.object({
  id: z.string().min(1),
  account_id: z.string().optional(),
  display_name: z.string().nullish(),
  images: z.array(z.object({ url: z.string() })).nullish(),
  external_urls: z.object({ spotify: z.string().optional() }).nullish(),
  email: z.string().nullish(),
  country: z.string().nullish(),
  product: z.string().nullish(),
});
export type SpotifyProfile = z.infer<typeof profileAnswer>;
