import { Linking } from "react-native";
import type { LinkSource } from "./links";
import { routeOfUrl } from "./route";

/** Links that the system opens with the app. On the web, the address of the page. */
export function systemLinks(linkHost: string): LinkSource {
  const route = (url: string | null | undefined) =>
    url ? routeOfUrl(url, hostOf(linkHost)) : undefined;
  return {
    initial: async () => route(await Linking.getInitialURL()),
    subscribe(next) {
      const listener = Linking.addEventListener("url", ({ url }) => {
        const found = route(url);
        if (found) next(found);
      });
      return () => {
        listener.remove();
      };
    },
  };
}

/** A web build is its own host. */
function hostOf(linkHost: string): string {
  return "location" in globalThis && "host" in globalThis.location
    ? globalThis.location.host
    : linkHost;
}
