import assert from "node:assert/strict";
import { z } from "zod";
import type { App } from "../../local/clientApp/app.js";
import { openApp } from "../../local/clientApp/app.js";
import { refusal } from "../../test/support/refusal.js";
import { runningSuite } from "../../test/support/suite.js";
import { contracts } from "../src/contract/callables.js";
import { getSpotifyAccessToken } from "../src/contract/spotify.js";
import { joinShow } from "../src/contract/audience.js";
import { refreshAudio } from "../src/contract/audio.js";
import type { CallableContract } from "../src/contract/callable.js";
import { pseudonymOf } from "../src/log.js";
import { appOf, firestore, participantIn, showIn, somebody } from "./support/backstage.js";
import { eventually } from "./support/eventually.js";
import { operationLines, suiteLog } from "./support/suiteLog.js";

/** A valid request for each callable, from which the tests derive invalid ones. */
const right: Record<string, Record<string, unknown>> = {
  signInWithSpotify: {
    code: "code",
    redirectUri: "ambient://callback",
    codeVerifier: "v".repeat(43),
  },
  getSpotifyAccessToken: {},
  setWordFilter: { showId: "no-such-show", words: ["spam"] },
  acceptTerms: { version: 1, birthYear: 1990 },
  decideSpeakRequest: { showId: "no-such-show", uid: "nobody", decision: "accept" },
  setRole: { showId: "no-such-show", uid: "nobody", role: "listener" },
  setStageMode: { showId: "no-such-show", mode: "music", trackIndex: 0 },
  muteSpeaker: { showId: "no-such-show", uid: "nobody" },
  removeParticipant: { showId: "no-such-show", uid: "nobody", ban: true },
  hideComments: { showId: "no-such-show", uid: "nobody" },
  unban: { showId: "no-such-show", uid: "nobody" },
  disconnectSpotify: {},
  exportAccount: {},
  deleteAccount: {},
  cancelDeletion: {},
  listFollowers: { cursor: "1.0.nobody", limit: 5 },
  listMyPlaylists: { offset: 0, limit: 20 },
  setShowPlaylist: { showId: "no-such-show", playlistId: "37i9dQZF1DX2yvmlOdMYzV" },
  editShowPlaylist: { showId: "no-such-show", revision: 1, trackUris: [] },
  addShowTrack: {
    showId: "no-such-show",
    trackUri: "spotify:track:5W3cjX2J3tjhG8zb6u0qHn",
    requestId: "request",
  },
  requestSong: { showId: "no-such-show", trackUri: "spotify:track:5W3cjX2J3tjhG8zb6u0qHn" },
  decideSongRequest: { showId: "no-such-show", requestId: "song", decision: "accept" },
  searchTracks: { query: "soul", limit: 5, offset: 0 },
  report: {
    showId: "no-such-show",
    commentId: "comment",
    uid: "nobody",
    reason: "rude",
    category: "spam",
  },
  appealDecision: { noticeId: "notice", text: "No" },
  registerDevice: { token: "token", platform: "ios", language: "en", timeZone: "Europe/Vienna" },
  unregisterDevice: { token: "token" },
  listReports: { state: "open", cursor: "report", limit: 5 },
  resolveReport: {
    reportId: "report",
    decision: "account_suspended",
    reason: "fraud",
    until: 4_000_000_000_000,
  },
  decideAppeal: { reportId: "report", outcome: "upheld", reason: "fraud" },
  hideComment: { showId: "no-such-show", commentId: "comment", reason: "rude" },
  takeDownShow: { showId: "no-such-show", reason: "fraud" },
  suspendAccount: { uid: "nobody", until: 4_000_000_000_000, reason: "fraud" },
  liftSuspension: { uid: "nobody", reason: "mistake" },
  supportCreator: {
    creatorUid: "nobody",
    showId: "no-such-show",
    amount: 500,
    currency: "eur",
    message: "Thanks",
    requestId: "request",
    from: "web",
    returnUrl: "https://ambient.example",
  },
  openSupportAccount: { returnUrl: "https://ambient.example" },
  supportAccountStatus: {},
  openSupportDashboard: {},
  refundSupport: { supportId: "no-such-payment" },
  setAdmin: { uid: "nobody", admin: true, reason: "new" },
};
/** Null has a meaning in these. The SDK also sends it for `undefined`. */
const nullable = ["suspendAccount.until"];
const rightRequest = (contract: CallableContract) =>
  right[contract.name] ?? { showId: "no-such-show" };
const issues = z.object({ details: z.object({ issues: z.array(z.object({ path: z.string() })) }) });

const fault = z.object({
  message: z.string(),
  details: z.looseObject({ correlationId: z.string().regex(/^[0-9a-f]{32}$/) }),
});

/** Checks for an invalid argument whose issues name the field. */
const namesField = (field: string) => (error: unknown) => {
  refusal("INVALID_ARGUMENT")(error);
  assert.deepEqual(
    new Set(issues.parse(error).details.issues.map(({ path }) => path)),
    new Set([field]),
  );
  return true;
};

const forTheSignedIn = contracts.filter((contract) => contract.who !== "anyone");

describe("every callable", () => {
  let stranger: App;
  let member: App;

  before(async () => {
    stranger = openApp(await runningSuite());
    member = await appOf(await somebody("Dan"));
  });
  after(() => Promise.all([stranger.close(), member.close()]));

  for (const contract of contracts) {
    describe(contract.name, () => {
      it("accepts the valid request", () => {
        assert.ok(contract.request.safeParse(rightRequest(contract)).success);
      });

      it("names an unknown field", async () => {
        await assert.rejects(
          member.callWith(contract, { ...rightRequest(contract), callerUid: "me" }),
          refusal("INVALID_ARGUMENT", {
            issues: [{ path: "callerUid", message: "is not a field of this request" }],
          }),
        );
      });

      for (const [field, value] of Object.entries(rightRequest(contract))) {
        for (const [what, wrong] of [
          // Negative, so that it is invalid for numeric fields as well.
          ["a number", -7],
          ["null", null],
          ["an object", { $ne: "" }],
          ["an empty string", ""],
          ["a huge string", "x".repeat(1_000_000)],
          ["nothing", undefined],
        ] as const) {
          if (nullable.includes(`${contract.name}.${field}`) && (wrong ?? null) === null) continue;
          it(`names ${field} when it is ${what}`, async () => {
            assert.notEqual(value, wrong);
            await assert.rejects(
              member.callWith(contract, { ...rightRequest(contract), [field]: wrong }),
              namesField(field),
            );
          });
        }
      }

      for (const [what, wrong] of [
        ["a list", []],
        ["a string", "showId"],
      ] as const) {
        it(`refuses ${what} as a request`, async () => {
          await assert.rejects(member.callWith(contract, wrong), refusal("INVALID_ARGUMENT"));
        });
      }
    });
  }

  for (const contract of forTheSignedIn) {
    it(`${contract.name} requires a sign-in before it checks anything else`, async () => {
      await assert.rejects(stranger.callWith(contract, { wrong: 1 }), refusal("UNAUTHENTICATED"));
    });
  }

  it("reports an unexpected error only with a correlation id", async () => {
    const ada = await somebody("Ada");
    const showId = await showIn("live", ada);
    await firestore.doc(`shows/${showId}`).update({ title: 7 });
    await assert.rejects(member.callWith(joinShow, { showId }), (error) => {
      refusal("INTERNAL")(error);
      const { message, details } = fault.parse(error);
      // The SDK appends the status.
      assert.match(message, /^Something went wrong on our side\.( \[500\])?$/);
      assert.deepEqual(Object.keys(details).sort(), ["correlationId", "reason"]);
      return true;
    });
  });

  it("logs who called what, for which show, what it read and wrote, and the tasks that it asked for", async function () {
    const { projectId } = await runningSuite();
    if ((await suiteLog()) === undefined) this.skip();
    const [ada, dan] = [await somebody("Ada"), await somebody("Dan")];
    const showId = await showIn("live", ada);
    await participantIn(showId, dan);
    const app = await appOf(dan);
    try {
      // The second call in a row suspects that the room is gone, and has the show swept.
      await app.call(refreshAudio, { showId });
      await app.call(refreshAudio, { showId });
    } finally {
      await app.close();
    }
    const { calls, task } = await eventually("the lines of both calls and the task", async () => {
      const lines = operationLines((await suiteLog()) ?? "").filter(
        (line) => line.showId === showId,
      );
      const [task] = lines.filter(({ operation }) => operation === "sweepShow");
      const calls = lines.filter(({ operation }) => operation === "refreshAudio");
      return task && calls.length === 2 ? { calls, task } : undefined;
    });
    for (const call of calls) {
      assert.equal(call.caller, pseudonymOf(dan.uid, projectId));
      assert.equal(call.outcome, "ok");
      assert.ok(Number(call.ms) >= 0);
      // Five documents of the operation, and the suspension and the allowance of the admission; the lease and the allowance.
      assert.deepEqual([call.reads, call.writes], [7, 2]);
    }
    assert.equal(task.correlationId, calls[1]?.correlationId);
  });

  it("treats a call without an argument as an empty request", async () => {
    await assert.rejects(
      member.callWith(getSpotifyAccessToken, null),
      refusal("SPOTIFY_RELINK_REQUIRED"),
    );
    await assert.rejects(member.callWith(joinShow, null), namesField("showId"));
  });

  for (const showId of ["a/b", "..", "x".repeat(65), "with space", "ünïcode"]) {
    it(`does not accept ${showId.slice(0, 12)} as a show id`, async () => {
      for (const contract of contracts.filter(
        ({ request }) => request.safeParse({ showId: "x" }).success,
      )) {
        await assert.rejects(member.callWith(contract, { showId }), refusal("INVALID_ARGUMENT"));
      }
    });
  }
});
