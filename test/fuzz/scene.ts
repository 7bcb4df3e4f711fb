import { randomBytes } from "node:crypto";
import type { z } from "zod";
import {
  auth,
  firestore,
  participantIn,
  requestIn,
  showIn,
  somebody,
} from "../../functions/test/support/backstage.js";
import { report, resolveReport } from "../../functions/src/contract/reports.js";
import { endShow } from "../../functions/src/contract/shows.js";
import { signInWithSpotify } from "../../functions/src/contract/identity.js";
import { call } from "../../local/clientApp/call.js";
import { authorizeAt } from "../../local/clientApp/signIn.js";
import { unsignedToken } from "../../local/clientApp/unsignedToken.js";
import { spotifyControl } from "../../local/spotify/control/client.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { CANARY } from "../../local/canary.js";
import { EMAIL, type SceneName } from "./names.js";

/** A live show with people in each role, one of them an admin, and what calls refer to. */
export interface Scene {
  readonly ids: Readonly<Record<SceneName, string>>;
}

export async function setScene(endpoints: Endpoints): Promise<Scene> {
  const tokenOf = (uid: string, claims = {}) => unsignedToken(endpoints.projectId, uid, claims);
  const host = await signedInCreator(endpoints);
  const [cohost, speaker, listener, stranger, admin] = await Promise.all(
    ["Ben", "Cleo", "Dan", "Hal", "Mo"].map((name) => somebody(name)),
  );
  if (!cohost || !speaker || !listener || !stranger || !admin)
    throw new Error("somebody is missing");
  await Promise.all(
    [cohost, speaker, listener, stranger, admin].map(async ({ uid }) => auth.createUser({ uid })),
  );
  await auth.setCustomUserClaims(admin.uid, { admin: true });
  // A creator has one live show at a time.
  const ended = await showIn("live", host);
  await call(endpoints, endShow, { showId: ended }, tokenOf(host.uid));
  const [live, draft, scheduled] = await Promise.all([
    showIn("live", host),
    showIn("draft", host),
    showIn("scheduled", host),
  ]);
  const comment = "comment-1";
  await Promise.all([
    participantIn(live, cohost, { role: "cohost" }),
    participantIn(live, speaker, { role: "speaker", canPublish: true }),
    participantIn(live, listener),
    requestIn(live, listener, { message: `${CANARY} let me speak` }),
    firestore.doc(`shows/${live}/comments/${comment}`).set({
      authorUid: listener.uid,
      author: { displayName: listener.displayName, photoUrl: listener.photoUrl },
      text: `${CANARY} good evening`,
      createdAt: new Date(),
      hidden: false,
    }),
  ]);
  const byStranger = tokenOf(stranger.uid);
  const reported = async (request: z.input<typeof report.request>) =>
    (await call(endpoints, report, request, byStranger)).reportId;
  const resolved = await reported({ showId: live, commentId: comment, reason: `${CANARY} rude` });
  const decision = {
    reportId: resolved,
    decision: "content_hidden",
    reason: `${CANARY} rude`,
  } as const;
  await call(endpoints, resolveReport, decision, tokenOf(admin.uid, { admin: true }));
  const { docs } = await firestore.collection(`users/${listener.uid}/notices`).get();
  const reportId = await reported({ showId: live, reason: `${CANARY} loud` });
  return {
    ids: {
      "@host": host.uid,
      "@cohost": cohost.uid,
      "@speaker": speaker.uid,
      "@listener": listener.uid,
      "@stranger": stranger.uid,
      "@admin": admin.uid,
      "@live": live,
      "@draft": draft,
      "@scheduled": scheduled,
      "@ended": ended,
      "@comment": comment,
      "@report": reportId,
      "@notice": docs[0]?.id ?? "no-notice",
      "@returnUrl": endpoints.hosting === undefined ? "" : `http://${endpoints.hosting}`,
      "@redirectUri": endpoints.redirectUri,
    },
  };
}

/** Signed in through Spotify, so that calls about music reach it. */
async function signedInCreator(endpoints: Endpoints) {
  const suffix = randomBytes(6).toString("hex");
  const displayName = "Ada";
  await spotifyControl(`http://${endpoints.spotify}`).changePersona({
    id: `fuzz-${suffix}`,
    accountId: `fuzz${suffix}`,
    spotifyId: `fuzz.${suffix}`,
    displayName,
    imageUrl: null,
    product: "premium",
    email: EMAIL,
    country: "SE",
    allowed: true,
  });
  const data = await authorizeAt(endpoints, `fuzz-${suffix}`);
  const { uid } = await call(endpoints, signInWithSpotify, data);
  return { uid, displayName, photoUrl: null };
}
