/** What is deployed, by domain. */
export { signInWithSpotify } from "./identity/callables.js";
export { getSpotifyAccessToken } from "./spotify/callables.js";
export { cancelShow, endShow, startShow } from "./shows/callables.js";
export { joinShow, leaveShow } from "./audience/callables.js";
export { onParticipantWritten, recountAudience, sweepAudiences } from "./audience/triggers.js";
export { onCommentWritten } from "./comments/triggers.js";
