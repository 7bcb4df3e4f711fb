import { callable, openCallable } from "../callable.js";
import { spotifyClientSecret, spotifyCredentialKeys } from "../config.js";
import { freshAccessToken } from "../spotify/accessToken.js";
import * as contract from "./schema.js";
import { signIn } from "./signIn.js";

const secrets = [spotifyClientSecret, spotifyCredentialKeys];

export const signInWithSpotify = openCallable(contract.signInWithSpotify, signIn, { secrets });

export const getSpotifyAccessToken = callable(
  contract.getSpotifyAccessToken,
  (deps, caller) => freshAccessToken(deps, caller.uid),
  { secrets },
);
