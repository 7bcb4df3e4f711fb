import type { Cancel, LocalClock } from "../clock/localClock.js";
import { field } from "../json.js";
import { createSource, type Source } from "../observe/source.js";

/**
 * `offline`: the server does not answer, and the last known values are shown.
 *
 * @example
 * ```ts
 * ambient.connection.subscribe((connection: Connection) => setBanner(connection === "offline"));
 * ```
 */
export type Connection = "online" | "offline";

/**
 * Whether the device has a network. Browsers detect this automatically; React Native does not, so an app passes what
 * NetInfo reports. Then `connection` changes at once, and a call without a network fails with `OFFLINE`.
 *
 * @example
 * ```ts
 * let hasNetwork = true;
 * // Once and first, so that it is right for every listener, and while there is none.
 * netInfo.addEventListener(({ isConnected }) => {
 *   hasNetwork = isConnected !== false;
 * });
 * const connectivity: Connectivity = {
 *   isOnline: () => hasNetwork,
 *   subscribe: (listener) => netInfo.addEventListener(listener),
 * };
 * ```
 */
export interface Connectivity {
  isOnline(): boolean;
  /** Calls the listener when the network is lost, and when it is back. */
  subscribe(listener: () => void): Cancel;
}

/** Reads the browser's state. Other platforms count as online. */
export const browserConnectivity: Connectivity = {
  isOnline: () => field(Reflect.get(globalThis, "navigator"), "onLine") !== false,
  subscribe(listener) {
    const page: unknown = globalThis;
    // Only a page has these events. React Native defines some of the same globals.
    if (!("document" in globalThis) || !(page instanceof EventTarget)) return () => undefined;
    for (const event of ["online", "offline"]) page.addEventListener(event, listener);
    return () => {
      for (const event of ["online", "offline"]) page.removeEventListener(event, listener);
    };
  },
};

/** A server that has not answered a listener for this long counts as offline. */
const ANSWER_MS = 3_000;

/**
 * Derived from whether snapshots come from the cache. The cache answers first; the server has `ANSWER_MS` to follow,
 * unless the device has no network. The latest signal wins: a device may be wrong about its network.
 */
export function connectionBy(
  isFromCache: Source<boolean>,
  connectivity: Connectivity,
  local: Pick<LocalClock, "after">,
): Source<Connection> {
  return createSource((next, fail) => {
    let known: Connection | undefined;
    let isServerSilent = true;
    let cancel: Cancel = () => undefined;
    const tell = (connection: Connection) => {
      cancel();
      if (connection === known) return;
      known = connection;
      next(connection);
    };
    const stopDevice = connectivity.subscribe(() => {
      if (!connectivity.isOnline()) tell("offline");
      // The outage was too short for the listener to notice. After a longer one, the listener reports.
      else if (!isServerSilent) tell("online");
    });
    const stop = isFromCache.subscribe((fromCache) => {
      cancel();
      isServerSilent = fromCache;
      if (!fromCache) tell("online");
      else if (known !== undefined || !connectivity.isOnline()) tell("offline");
      else {
        cancel = local.after(ANSWER_MS, () => {
          tell("offline");
        });
      }
    }, fail);
    return () => {
      cancel();
      stopDevice();
      stop();
    };
  });
}
