/** A screen that a link or a notification opens. */
export type Route =
  | { readonly screen: "Discover" | "Inbox" | "Profile" }
  | { readonly screen: "Show"; readonly showId: string };

/** Firestore's ids, and those with `-` and `_`. */
const isShowId = /^[\w-]{1,128}$/;

/**
 * The screen for an address: a share link (`https://{host}/s/{showId}`), the app's own (`ambient://s/{showId}`), or a
 * path on the web. Undefined if it is not for a screen, such as Spotify's redirect or another host.
 */
export function routeOfUrl(url: string, linkHost: string): Route | undefined {
  const [, scheme, host = "", path = ""] =
    /^(?:(\w+):\/\/([^/?#]*))?([^?#]*)/.exec(url.trim()) ?? [];
  if (scheme === undefined) return routeOfPath(path);
  // In `ambient://s/abc`, the first segment stands where other addresses have the host.
  if (scheme === "ambient") return routeOfPath(`${host}${path}`);
  return /^https?$/.test(scheme) && host === linkHost ? routeOfPath(path) : undefined;
}

/** The screen for the data of a push notification. */
export function routeOfPush(data: Readonly<Record<string, unknown>>): Route {
  const { showId } = data;
  return typeof showId === "string" && isShowId.test(showId)
    ? { screen: "Show", showId }
    : { screen: "Inbox" };
}

function routeOfPath(path: string): Route | undefined {
  const [first = "", second, ...more] = path.split("/").filter((part) => part !== "");
  if (first === "s" && second !== undefined && isShowId.test(second) && more.length === 0) {
    return { screen: "Show", showId: second };
  }
  if (second !== undefined) return undefined;
  switch (first) {
    case "":
      return { screen: "Discover" };
    case "inbox":
      return { screen: "Inbox" };
    case "profile":
      return { screen: "Profile" };
    default:
      return undefined;
  }
}
