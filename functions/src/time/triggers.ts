import { onRequest } from "firebase-functions/https";
import { systemClock } from "../clock.js";
import { optionsOf } from "../functionOptions.js";

/** The clock of all phones: `GET` → `{now}` in ms since the epoch. */
export const serverTime = onRequest(
  { ...optionsOf("serverTime"), cors: true },
  (request, response) => {
    response.set("Cache-Control", "no-store");
    if (request.method !== "GET") {
      response.set("Allow", "GET").status(405).json({ error: "GET only" });
      return;
    }
    response.json({ now: systemClock.now() });
  },
);
