import { z } from "zod";

/** Answers of Spotify's `/api/token`. A refresh may come without a new refresh token. */
export const tokenAnswer = z.object({
  access_token: z.string().min(1),
  token_type: z.string(),
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1).optional(),
  scope: z.string().default(""),
});

/**
 * An error answer of the accounts service. https://developer.spotify.com/documentation/web-api/tutorials/code-flow
 */
export const tokenRefusal = z.object({ error: z.string() });
