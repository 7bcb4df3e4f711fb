import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { joinShow } from "../../src/audience/joinShow.js";
import {
  clientConfigRef,
  liveShowRef,
  participantRef,
  showRef,
  termsRef,
} from "../../src/collections.js";
import { acceptTerms } from "../../src/identity/acceptTerms.js";
import { startShow } from "../../src/shows/startShow.js";
import { acceptInvitation } from "../../src/stage/acceptInvitation.js";
import { quietFirestore, showIn, somebody, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { countedDependencies } from "../support/countedDependencies.js";
import { failRequests } from "../support/failRequests.js";
import { refuses } from "../support/refuses.js";

/** Certainly 18 and 16 or older, whatever the day of the year. */
const yearOf = (age: number) => new Date().getUTCFullYear() - age - 1;

describe("acceptTerms", () => {
  let firestore: Firestore;
  let ada: Person;
  let dan: Person;
  beforeEach(async () => {
    firestore = quietFirestore();
    [ada, dan] = await Promise.all([somebody("Ada", firestore), somebody("Dan", firestore)]);
    await termsInForce(3);
  });
  afterEach(() => firestore.terminate());

  const deps = () => countedDependencies(firestore);
  const termsInForce = (termsVersion: number | undefined) =>
    clientConfigRef(firestore).set({
      minVersions: { ios: "1.0.0", android: "1.0.0", web: "1.0.0" },
      features: {},
      ...(termsVersion !== undefined && { termsVersion }),
    });
  const accept = (person: Person, birthYear: number, version = 3) =>
    acceptTerms(deps(), as(person), { version, birthYear });
  const kept = async ({ uid }: Person) => (await termsRef(firestore, uid).get()).data();
  const show = (changes = {}) => showIn("live", ada, changes, firestore);
  const join = (person: Person, showId: string) => joinShow(deps(), as(person), { showId });
  const place = async (person: Person, showId: string) =>
    (await participantRef(firestore, showId, person.uid).get()).data();

  it("keeps the version and the age band, not the year", async () => {
    assert.deepEqual(await accept(dan, yearOf(18)), { ageBand: "adult" });
    assert.deepEqual(await accept(ada, yearOf(17)), { ageBand: "minor" });
    const { version, ageBand, ...more } = (await kept(ada)) ?? {};
    assert.deepEqual([version, ageBand, Object.keys(more)], [3, "minor", ["acceptedAt"]]);
    assert.deepEqual(await accept(dan, yearOf(18)), { ageBand: "adult" });
  });

  it("refuses a person who may be below the minimum age, and keeps nothing", async () => {
    await assert.rejects(accept(dan, yearOf(15)), refuses("TOO_YOUNG"));
    assert.equal(await kept(dan), undefined);
    assert.deepEqual(await accept(dan, yearOf(16)), { ageBand: "minor" });
  });

  it("refuses any version but the current one, and names it", async () => {
    const issues = [{ path: "version", message: "must be 3" }];
    for (const version of [2, 4]) {
      await assert.rejects(
        accept(dan, yearOf(30), version),
        refuses("INVALID_ARGUMENT", { issues }),
      );
    }
    await termsInForce(undefined);
    const none = [{ path: "version", message: "there are no terms" }];
    await assert.rejects(accept(dan, yearOf(30)), refuses("INVALID_ARGUMENT", { issues: none }));
    await assert.rejects(
      acceptTerms(deps(), as({ ...dan, uid: "spotify_nobody" }), {
        version: 3,
        birthYear: yearOf(30),
      }),
      refuses("INVALID_ARGUMENT", { issues: none }),
    );
  });

  it("lets a listener take part in the show that they are in", async () => {
    const showId = await show();
    await join(dan, showId);
    assert.equal((await place(dan, showId))?.hasAcceptedTerms, false);
    await participantRef(firestore, showId, dan.uid).update({ invitedTo: "speaker" });
    await assert.rejects(
      acceptInvitation(deps(), as(dan), { showId }),
      refuses("TERMS_NOT_ACCEPTED"),
    );
    await accept(dan, yearOf(30));
    assert.equal((await place(dan, showId))?.hasAcceptedTerms, true);
    assert.equal((await acceptInvitation(deps(), as(dan), { showId })).role, "speaker");
  });

  it("lets them take part with the same write that records it", async () => {
    const showId = await show();
    await join(dan, showId);
    let commits = 0;
    const isLater = (method: string) => method === "commit" && (commits += 1) > 1;
    const failing = failRequests(firestore, (_, method) => isLater(method));
    await accept(dan, yearOf(30));
    failing.stop();
    assert.equal((await place(dan, showId))?.hasAcceptedTerms, true);
  });

  it("asks again for newer terms at the next join", async () => {
    const showId = await show();
    await accept(dan, yearOf(30));
    await join(dan, showId);
    assert.notEqual((await place(dan, showId))?.hasAcceptedTerms, false);
    await termsInForce(4);
    await join(dan, showId);
    assert.equal((await place(dan, showId))?.hasAcceptedTerms, false);
    await termsInForce(undefined);
    await join(dan, showId);
    assert.equal((await place(dan, showId))?.hasAcceptedTerms, true);
  });

  it("is needed to start a show", async () => {
    const showId = await showIn("draft", ada, {}, firestore);
    const start = () => startShow(deps(), as(ada), { showId });
    await assert.rejects(start(), refuses("TERMS_NOT_ACCEPTED"));
    assert.equal((await showRef(firestore, showId).get()).data()?.status, "draft");
    await accept(ada, yearOf(30));
    assert.equal((await start()).status, "live");
  });

  it("lets only adults start or join an adults-only show", async () => {
    const showId = await show({ adultsOnly: true });
    await assert.rejects(join(dan, showId), refuses("ADULTS_ONLY"));
    await accept(dan, yearOf(17));
    await assert.rejects(join(dan, showId), refuses("ADULTS_ONLY"));
    assert.equal(await place(dan, showId), undefined);
    await accept(dan, yearOf(18));
    assert.equal((await join(dan, showId)).role, "listener");

    await liveShowRef(firestore, ada.uid).delete();
    const draft = await showIn("draft", ada, { adultsOnly: true }, firestore);
    await accept(ada, yearOf(17));
    const start = () => startShow(deps(), as(ada), { showId: draft });
    await assert.rejects(start(), refuses("ADULTS_ONLY"));
    await accept(ada, yearOf(18));
    assert.equal((await start()).status, "live");
  });
});
