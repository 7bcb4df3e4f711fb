/**
 * Marks the secrets and people's words of tests: the local Spotify's codes and tokens begin with it, and so do the fuzzer's
 * comments and addresses. No log may contain it.
 */
export const CANARY = "canary7f3a";
