import type { FunctionName } from "../../src/functionOptions.js";
import { sweeps } from "./healers.js";
import { operations } from "./operations.js";
import { triggers } from "./signals.js";
import { taskNames } from "./world.js";

/** The deployed functions that follow from operations. */
export const signalled: readonly string[] = [
  ...new Set([
    ...triggers.map(({ runs }) => runs),
    ...taskNames,
    ...operations.flatMap(({ webhook }) => webhook ?? []),
  ]),
];

/** The deployed functions whose failures the matrix shows. */
export const covered: readonly string[] = [
  ...new Set([
    ...operations.flatMap(({ runs }) => runs ?? []),
    ...signalled,
    ...sweeps.map(({ name }) => name),
  ]),
];

/** Why the other deployed functions have no cells. */
export const notCovered: Readonly<Partial<Record<FunctionName, string>>> = {
  appealDecision: "It is one transaction.",
  checkShow: "It only reads.",
  expireData: "Each hour's run deletes what the one before left.",
  exportAccount: "It only reads.",
  health: "It only reads.",
  listFollowers: "It only reads.",
  listMyPlaylists: "It only reads, with a token that “get a Spotify token” covers.",
  listReports: "It only reads.",
  openSupportDashboard: "It only gets a link from Stripe.",
  registerDevice: "It is one transaction.",
  report: "It is one transaction.",
  searchTracks: "It only reads, with a token that “get a Spotify token” covers.",
  serverTime: "It answers with the time.",
  share: "It only reads.",
  unregisterDevice: "It is one transaction.",
};
