import { openCallable } from "../callable.js";
import { spotifyClientSecret, spotifyCredentialKeys } from "../config.js";
import * as contract from "./schema.js";
import { signInWithSpotify as signIn } from "./signInWithSpotify.js";

export const signInWithSpotify = openCallable(contract.signInWithSpotify, signIn, {
  secrets: [spotifyClientSecret, spotifyCredentialKeys],
});
