import { callable, openCallable } from "../callable.js";

const contract = () => import("../contract/identity.js");

export const signInWithSpotify = openCallable("signInWithSpotify", async () => ({
  contract: (await contract()).signInWithSpotify,
  run: (await import("./signInWithSpotify.js")).signInWithSpotify,
}));

export const acceptTerms = callable("acceptTerms", async () => ({
  contract: (await import("../contract/terms.js")).acceptTerms,
  run: (await import("./acceptTerms.js")).acceptTerms,
}));

export const disconnectSpotify = callable("disconnectSpotify", async () => ({
  contract: (await contract()).disconnectSpotify,
  run: (await import("./disconnectSpotify.js")).disconnectSpotify,
}));
