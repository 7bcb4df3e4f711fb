import { useEffect, useState } from "preact/hooks";

export type Route =
  | { readonly kind: "discover" }
  | { readonly kind: "account" }
  | { readonly kind: "new" }
  | { readonly kind: "inbox" }
  /** Where Stripe leads back to after a payment. */
  | { readonly kind: "thanks" }
  | { readonly kind: "moderation" }
  | { readonly kind: "sideBySide" }
  /** The creator's half of the side-by-side page, which takes a show live by itself. */
  | { readonly kind: "onAir" }
  | { readonly kind: "show"; readonly showId: string }
  | { readonly kind: "creator"; readonly uid: string }
  | { readonly kind: "unknown" };

/** Accepts Firestore's ids, `-` and `_`. */
const isShowId = /^[\w-]+$/;
/** Accepts the uids that the server does. */
const isUid = /^[\w.~:-]+$/;

export function routeOf(hash: string): Route {
  const [first = "", second] = hash.replace(/^#\/?/, "").split("/");
  switch (first) {
    case "":
      return { kind: "discover" };
    case "account":
      return { kind: "account" };
    case "new":
      return { kind: "new" };
    case "inbox":
      return { kind: "inbox" };
    case "thanks":
      return { kind: "thanks" };
    case "moderation":
      return { kind: "moderation" };
    case "side-by-side":
      return { kind: "sideBySide" };
    case "on-air":
      return { kind: "onAir" };
    case "show":
      return second === undefined || !isShowId.test(second)
        ? { kind: "unknown" }
        : { kind: "show", showId: second };
    case "creator":
      return second === undefined || !isUid.test(second)
        ? { kind: "unknown" }
        : { kind: "creator", uid: second };
    default:
      return { kind: "unknown" };
  }
}

export function placeOfShow(showId: string): string {
  return `#/show/${showId}`;
}

export function placeOfCreator(uid: string): string {
  return `#/creator/${uid}`;
}

/** Goes to a page in place of the current one, to which Back should not lead. */
export function replaceBy(place: string): void {
  location.replace(place);
}

/** The current page, from the address after the hash. */
export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => {
      setHash(location.hash);
    };
    addEventListener("hashchange", follow);
    return () => {
      removeEventListener("hashchange", follow);
    };
  }, []);
  return routeOf(hash);
}
