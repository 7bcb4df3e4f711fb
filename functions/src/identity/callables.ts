import { callable, openCallable } from "../callable.js";
import { spotifyClientSecret, spotifyCredentialKeys } from "../config.js";
import { disconnectSpotify as disconnect } from "./disconnectSpotify.js";
import * as contract from "../contract/identity.js";
import { signInWithSpotify as signIn } from "./signInWithSpotify.js";

export const signInWithSpotify = openCallable(contract.signInWithSpotify, signIn, {
  secrets: [spotifyClientSecret, spotifyCredentialKeys],
});

/** A person may have left thousands of comments. */
export const disconnectSpotify = callable(contract.disconnectSpotify, disconnect, {
  timeoutSeconds: 300,
});
