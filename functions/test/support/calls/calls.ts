import { accountsCalls, acceptTermsCall } from "./accounts.js";
import { moderationCalls } from "./moderation.js";
import { musicCalls } from "./music.js";
import type { Call } from "./scenes.js";
import { showsCalls } from "./shows.js";
import { stageCalls } from "./stage.js";
import { supportCalls } from "./support.js";

/** All callables. Simultaneous callers use the same show or account. */
export const calls: readonly Call[] = [
  ...accountsCalls,
  ...showsCalls,
  ...stageCalls,
  ...moderationCalls,
  ...musicCalls,
  ...supportCalls,
  // Last, because from then on every other call needs the terms.
  acceptTermsCall,
];
