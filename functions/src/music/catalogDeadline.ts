/** How long a call that a person waits for may take at Spotify, in ms, with its retries and a new access token. */
export const CATALOG_DEADLINE_MS = 20_000;
