import { json } from "../../http/answer.js";
import { linksOf } from "./links.js";
import type { Call, Route } from "./route.js";

export const profileRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/me", handle: (call) => json(200, currentUser(call)) },
];

function currentUser({ state, persona, scopes }: Call): Record<string, unknown> {
  const { accountId, spotifyId, displayName, imageUrl, email, country, product } = persona;
  const profile = {
    ...(accountId !== null && { account_id: accountId }),
    display_name: displayName,
    ...linksOf("user", spotifyId),
    images: imageUrl === null ? [] : [{ url: imageUrl, height: 300, width: 300 }],
  };
  if (state.quotaMode === "development") return profile;
  return {
    ...profile,
    followers: { href: null, total: 0 },
    ...(scopes.has("user-read-email") && email !== null && { email }),
    ...(scopes.has("user-read-private") && {
      country,
      product,
      explicit_content: { filter_enabled: false, filter_locked: false },
    }),
  };
}
