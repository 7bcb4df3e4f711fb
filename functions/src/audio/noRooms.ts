import { Refusal } from "../errors.js";
import type { AudioRooms } from "../ports/audioRooms.js";

/** A project without audio: nobody is connected, and permissions exist only in the documents. */
export const noRooms: AudioRooms = {
  open: () => Promise.resolve(),
  close: () => Promise.resolve(),
  list: () => Promise.resolve([]),
  look: () => Promise.resolve({ since: 0, connected: [] }),
  find: () => Promise.resolve(null),
  permit: () => Promise.resolve(false),
  remove: () => Promise.resolve(),
  mute: () => Promise.resolve(),
  access: (_showId, _uid, { canPublish }) => Promise.resolve({ provider: "none", canPublish }),
};

const refuse = () => Promise.reject(new Refusal("AUDIO_UNAVAILABLE"));

/** A project with audio whose LiveKit server is not configured. */
export const unconfiguredRooms: AudioRooms = {
  open: refuse,
  close: refuse,
  list: refuse,
  look: refuse,
  find: refuse,
  permit: refuse,
  remove: refuse,
  mute: refuse,
  access: refuse,
};
