/** How long a call that a person waits for may take at Spotify, with its retries and a new access token, in ms. */
export const CATALOG_DEADLINE_MS = 20_000;
