import type { Ambient } from "@ambient/client/core";
import type { LinkSource } from "../links/links";

/** Notifications of a web page need a service worker, which this example leaves out. */
export const pushLinks: LinkSource = {
  initial: () => Promise.resolve(undefined),
  subscribe: () => () => undefined,
};

export function registerForPush(_ambient: Ambient): Promise<void> {
  return Promise.resolve();
}

/** The token to take back at sign-out. */
export function pushToken(): Promise<string | undefined> {
  return Promise.resolve(undefined);
}
