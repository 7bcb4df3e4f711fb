import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { creatorSearchRef, showRef, showSearchRef, userRef } from "../../src/collections.js";
import { DELETED_UID } from "../../src/contract/dataPolicies.js";
import type { ShowDocument } from "../../src/contract/shows.js";
import { isSearchChange } from "../../src/search/isSearchChange.js";
import { onProfileWritten } from "../../src/search/onProfileWritten.js";
import { updateShowSearch } from "../../src/search/updateShowSearch.js";
import {
  firestore as suite,
  quietFirestore,
  showIn,
  somebody,
  type Person,
} from "../support/backstage.js";
import { eventually } from "../support/eventually.js";

const title = "Nächte in Łódź";

describe("the search", () => {
  let firestore: Firestore;
  let ada: Person;
  beforeEach(async () => {
    firestore = quietFirestore();
    ada = await somebody("Ada Okafor", firestore);
  });
  afterEach(() => firestore.terminate());

  const deps = () => ({ firestore });
  const found = async (showId: string) => (await showSearchRef(firestore, showId).get()).data();
  const creator = async () => (await creatorSearchRef(firestore, ada.uid).get()).data();
  const show = async (status: ShowDocument["status"], changes: Partial<ShowDocument> = {}) => {
    const showId = await showIn(status, ada, { title, ...changes }, firestore);
    await updateShowSearch(deps(), showId);
    return showId;
  };

  it("finds a public show by its title and its creator, with what a result shows", async () => {
    const startedAt = Timestamp.fromMillis(5_000);
    const showId = await show("live", { startedAt });
    const entry = await found(showId);
    assert.ok(entry);
    const { prefixes, ...rest } = entry;
    assert.deepEqual(rest, {
      creatorUid: ada.uid,
      creator: { displayName: "Ada Okafor", photoUrl: null },
      title,
      status: "live",
      rank: 0,
      at: startedAt,
    });
    for (const word of ["n", "nachte", "lodz", "ada", "oka"]) assert.ok(prefixes.includes(word));
    assert.ok(!prefixes.includes("ächte"));
    assert.deepEqual(await creator(), {
      displayName: "Ada Okafor",
      photoUrl: null,
      followerCount: 0,
      prefixes: ["a", "ad", "ada", "o", "ok", "oka", "okaf", "okafo", "okafor"],
    });
  });

  for (const [what, status, changes] of [
    ["a draft", "draft", {}],
    ["a cancelled show", "cancelled", {}],
    ["an unlisted show", "live", { visibility: "unlisted" }],
    ["a show that was taken down", "ended", { visibility: "taken_down" }],
    ["a show of a deleted account", "ended", { creatorUid: DELETED_UID }],
  ] as const satisfies readonly (readonly [
    string,
    ShowDocument["status"],
    Partial<ShowDocument>,
  ])[]) {
    it(`does not find ${what}, nor its creator`, async () => {
      assert.equal(await found(await show(status, changes)), undefined);
      assert.equal(await creator(), undefined);
    });
  }

  it("follows a show through its life, however late, often and in which order its events come", async () => {
    const showId = await show("scheduled");
    assert.equal((await found(showId))?.status, "scheduled");
    const ref = showRef(firestore, showId);
    await ref.update({ status: "live", startedAt: Timestamp.now(), title: "Days" });
    await Promise.all([1, 2, 3].map(() => updateShowSearch(deps(), showId)));
    assert.equal((await found(showId))?.rank, 0);
    assert.ok((await found(showId))?.prefixes.includes("days"));
    const written = (await showSearchRef(firestore, showId).get()).updateTime;
    await updateShowSearch(deps(), showId);
    assert.deepEqual((await showSearchRef(firestore, showId).get()).updateTime, written);
    await ref.update({ visibility: "unlisted" });
    await updateShowSearch(deps(), showId);
    assert.equal(await found(showId), undefined);
    assert.equal(await creator(), undefined, "their only public show is gone");
    await ref.delete();
    await updateShowSearch(deps(), showId);
    assert.equal(await found(showId), undefined);
  });

  it("keeps a creator while another show of theirs is public", async () => {
    const first = await show("ended");
    await show("scheduled");
    await showRef(firestore, first).update({ visibility: "unlisted" });
    await updateShowSearch(deps(), first);
    assert.equal((await creator())?.displayName, "Ada Okafor");
  });

  it("follows a creator's name, picture, followers and departure, and looks at nothing else", async () => {
    await show("live");
    const ref = userRef(firestore, ada.uid);
    const change = async (changes: object) => {
      const before = await ref.get();
      await ref.update({ ...changes });
      const after = await ref.get();
      // Only these two sides of the change are read.
      const data = { before, after };
      await onProfileWritten(deps(), { data, params: { uid: ada.uid } });
    };
    await change({ displayName: "Åda Ray", followerCount: 12 });
    assert.deepEqual(await creator(), {
      displayName: "Åda Ray",
      photoUrl: null,
      followerCount: 12,
      prefixes: ["a", "ad", "ada", "r", "ra", "ray"],
    });
    await creatorSearchRef(firestore, ada.uid).delete();
    await change({ bio: "Songs" });
    assert.equal(await creator(), undefined, "a bio is no reason to look");
    await change({ photoUrl: "https://i.scdn.co/image/1" });
    assert.equal((await creator())?.photoUrl, "https://i.scdn.co/image/1");
    const before = await ref.get();
    await ref.delete();
    const data = { before, after: await ref.get() };
    await onProfileWritten(deps(), { data, params: { uid: ada.uid } });
    assert.equal(await creator(), undefined);
  });

  it("is asked only about changes that it shows", () => {
    const side = (fields: Record<string, unknown>) => ({ get: (field: string) => fields[field] });
    const before = side({ "title": "A", "status": "live", "audience.listeners": 1 });
    const at = (ms: number) => side({ title: "A", startedAt: Timestamp.fromMillis(ms) });
    assert.equal(
      isSearchChange(before, side({ "title": "A", "status": "live", "audience.listeners": 2 })),
      false,
    );
    assert.equal(isSearchChange(before, side({ title: "B", status: "live" })), true);
    assert.equal(isSearchChange(at(1_000), at(1_000)), false);
    assert.equal(isSearchChange(at(1_000), at(2_000)), true);
    assert.equal(isSearchChange(undefined, before), true);
    assert.equal(isSearchChange(before, undefined), true);
  });

  it("is kept by the deployed functions", async () => {
    const person = await somebody("Zoë Quine");
    const showId = await showIn("live", person, { title });
    const entry = () => showSearchRef(suite, showId).get();
    await eventually("the show", async () => (await entry()).data());
    const byName = () => creatorSearchRef(suite, person.uid).get();
    await eventually("its creator", async () => (await byName()).data());
    await userRef(suite, person.uid).update({ displayName: "Zoë Quill" });
    await eventually("the new name", async () =>
      (await byName()).data()?.prefixes.includes("quill") === true ? true : undefined,
    );
    await showRef(suite, showId).update({ visibility: "taken_down" });
    await eventually("its end", async () => ((await entry()).exists ? undefined : true));
  }).timeout(60_000);
});
