/**
 * Marks secrets and personal texts in tests: the local Spotify's codes and tokens and the fuzzer's texts and addresses
 * begin with it. No log may contain it.
 */
export const CANARY = "canary7f3a";
