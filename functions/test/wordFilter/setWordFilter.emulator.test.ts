import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { auditsRef, serviceWordsRef, showRef, showWordsRef } from "../../src/collections.js";
import { setWordFilter } from "../../src/wordFilter/setWordFilter.js";
import { Refusal } from "../../src/errors.js";
import { startShow } from "../../src/shows/startShow.js";
import { hasWordOf } from "../../src/wordFilter/wordPattern.js";
import { quietFirestore, showIn, somebody, type Person } from "../support/backstage.js";
import { countedDependencies } from "../support/countedDependencies.js";
import { fakeAccounts } from "../support/fakeAccounts.js";
import { dismiss } from "../support/moderating.js";
import { refuses } from "../support/refuses.js";
import { showEdges } from "../support/showEdges.js";

describe("setWordFilter", () => {
  let firestore: Firestore;
  let ada: Person;
  let dan: Person;
  beforeEach(async () => {
    firestore = quietFirestore();
    [ada, dan] = await Promise.all([somebody("Ada", firestore), somebody("Dan", firestore)]);
  });
  afterEach(() => firestore.terminate());

  const deps = () => {
    const accounts = fakeAccounts();
    accounts.admins.add(dan.uid);
    return { ...countedDependencies(firestore), accounts };
  };
  const setFor = (showId: string, words: string[], { uid } = ada) =>
    setWordFilter(deps(), { uid, isAdmin: false }, { showId, words });
  const setForAll = (words: string[]) =>
    setWordFilter(deps(), { uid: dan.uid, isAdmin: true }, { words });
  const show = async (showId: string) => (await showRef(firestore, showId).get()).data();
  const filter = async (showId: string) => (await showWordsRef(firestore, showId).get()).data();
  const filters = async (showId: string, text: string) =>
    [(await filter(showId))?.pattern, (await filter(showId))?.servicePattern].some((pattern) =>
      hasWordOf(pattern, text),
    );

  it("filters a live show from then on, until the list is empty", async () => {
    const showId = await showIn("live", ada, {}, firestore);
    assert.deepEqual(await setFor(showId, ["spam", "spam", "buy now"]), {
      words: ["spam", "buy now"],
    });
    assert.equal((await show(showId))?.hasWordFilter, true);
    assert.deepEqual([await filters(showId, "sp4m"), await filters(showId, "song")], [true, false]);
    await setFor(showId, []);
    assert.equal((await show(showId))?.hasWordFilter, false);
    assert.deepEqual(await filter(showId), { words: [], pattern: null, servicePattern: null });
  });

  it("adds the service's words, now and at the start of a show", async () => {
    await setForAll(["scam"]);
    const [live, draft] = await Promise.all([
      showIn("live", ada, {}, firestore),
      showIn("draft", dan, {}, firestore),
    ]);
    await setFor(live, ["spam"]);
    assert.deepEqual([await filters(live, "scam"), await filters(live, "spam")], [true, true]);
    await startShow(deps(), { uid: dan.uid, isAdmin: false }, { showId: draft });
    assert.equal((await show(draft))?.hasWordFilter, true);
    assert.equal(await filters(draft, "scam"), true);
    assert.deepEqual((await filter(draft))?.words, []);
  });

  it("adds the service's words to the own words of shows that are already live", async () => {
    const [bare, own, ended] = await Promise.all([
      showIn("live", ada, {}, firestore),
      showIn("live", ada, {}, firestore),
      showIn("ended", ada, {}, firestore),
    ]);
    await setFor(own, ["spam"]);
    await setForAll(["scam"]);
    assert.deepEqual([await filters(bare, "scam"), await filters(own, "scam")], [true, true]);
    assert.deepEqual([await filters(bare, "spam"), await filters(own, "spam")], [false, true]);
    assert.equal((await show(bare))?.hasWordFilter, true);
    assert.equal(await filter(ended), undefined);
    await setForAll([]);
    assert.equal((await show(bare))?.hasWordFilter, false);
    assert.equal((await show(own))?.hasWordFilter, true);
  });

  it("keeps a list that the creator sets while the show starts", async () => {
    const draft = await showIn("draft", ada, {}, firestore);
    await setFor(draft, ["old"]);
    const edges = showEdges(firestore);
    edges.rooms.beforeRequest(() => setFor(draft, ["new"]));
    await startShow(edges, { uid: ada.uid, isAdmin: false }, { showId: draft });
    assert.deepEqual((await filter(draft))?.words, ["new"]);
    assert.deepEqual([await filters(draft, "new"), await filters(draft, "old")], [true, false]);
    assert.equal((await show(draft))?.hasWordFilter, true);

    // And one that is emptied in the meantime stays empty.
    const second = await showIn("draft", dan, {}, firestore);
    await setFor(second, ["old"], dan);
    edges.rooms.beforeRequest(() => setFor(second, [], dan));
    await startShow(edges, { uid: dan.uid, isAdmin: false }, { showId: second });
    assert.deepEqual((await filter(second))?.words, []);
    assert.equal((await show(second))?.hasWordFilter, false);
  });

  it("leaves one entry in the audit log when an admin changes the service's words", async () => {
    await setForAll(["scam"]);
    await setForAll(["scam"]);
    const entries = (await auditsRef(firestore).get()).docs.map((entry) => entry.data());
    assert.deepEqual(
      entries.map(({ action, by, detail }) => [action, by, detail]),
      [["setWordFilter", dan.uid, "words: 1"]],
    );
  });

  it("refuses a list that the rules could not run", async () => {
    const showId = await showIn("live", ada, {}, firestore);
    const tooLong = Array.from({ length: 100 }, (_, index) => `${"a".repeat(20)}${index}`);
    const issue = (error: unknown) =>
      error instanceof Refusal &&
      error.reason === "INVALID_ARGUMENT" &&
      JSON.stringify(error.details).includes('"path":"words"');
    await assert.rejects(setFor(showId, tooLong), issue);
    await assert.rejects(setForAll(tooLong), issue);
    assert.equal((await show(showId))?.hasWordFilter ?? false, false);
  });

  it("lets only the creator set a show's words, and only an admin the service's", async () => {
    const [draft, ended] = await Promise.all([
      showIn("draft", ada, {}, firestore),
      showIn("ended", ada, {}, firestore),
    ]);
    await setFor(draft, ["spam"]);
    await assert.rejects(setFor(draft, [], dan), refuses("NOT_CREATOR"));
    await assert.rejects(setFor("nothing", []), refuses("SHOW_NOT_FOUND"));
    await assert.rejects(setFor(ended, []), refuses("SHOW_OVER", { status: "ended" }));
    await assert.rejects(
      setWordFilter(deps(), { uid: ada.uid, isAdmin: false }, { words: ["spam"] }),
      refuses("NOT_ADMIN"),
    );
    // Ada's ID token is older than the dismissal.
    await dismiss(firestore, ada);
    await assert.rejects(
      setWordFilter(deps(), { uid: ada.uid, isAdmin: true }, { words: ["spam"] }),
      refuses("NOT_ADMIN"),
    );
    assert.equal((await serviceWordsRef(firestore).get()).exists, false);
    assert.deepEqual((await filter(draft))?.words, ["spam"]);
  });
});
