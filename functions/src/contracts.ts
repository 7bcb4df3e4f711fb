import { joinShow, leaveShow } from "./audience/schema.js";
import type { CallableContract } from "./contract.js";
import { signInWithSpotify } from "./identity/schema.js";
import { cancelShow, endShow, startShow } from "./shows/schema.js";
import { getSpotifyAccessToken } from "./spotify/schema.js";

/** Every callable on the wire, in the order in which the reference tells of them. */
export const contracts: readonly CallableContract[] = [
  signInWithSpotify,
  getSpotifyAccessToken,
  startShow,
  endShow,
  cancelShow,
  joinShow,
  leaveShow,
];
