import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { isRecord } from "../../../local/files/json.js";
import { joinShow } from "../../src/audience/joinShow.js";
import {
  accountRef,
  banRef,
  blockRef,
  credentialsRef,
  deletionRef,
  hiddenRef,
  participantRef,
  quotaRef,
  showRef,
  suspensionRef,
  timelineRef,
  userRef,
} from "../../src/collections.js";
import {
  dataPolicies,
  DELETED_UID,
  type DataPolicy,
  type DataPolicyName,
} from "../../src/contract/dataPolicies.js";
import {
  fieldsOf,
  inventory,
  policiesOf,
  type InventoryEntry,
} from "../../src/contract/inventory.js";
import { silentPlayback } from "../../src/contract/silentPlayback.js";
import { pseudonymOf } from "../../src/log.js";
import { signInWithSpotify } from "../../src/identity/signInWithSpotify.js";
import { onBlockWritten } from "../../src/blocks/onBlockWritten.js";
import { report } from "../../src/reports/report.js";
import { recordPlayback } from "../../src/music/recordPlayback.js";
import { cancelDeletion } from "../../src/privacy/cancelDeletion.js";
import { carryOutDeletion, deletionSteps } from "../../src/privacy/carryOutDeletion.js";
import { deleteAccount } from "../../src/privacy/deleteAccount.js";
import { sweepDeletions } from "../../src/privacy/sweepDeletions.js";
import { countOpenDrafts } from "../../src/shows/countOpenDrafts.js";
import { startShow } from "../../src/shows/startShow.js";
import { captureLog } from "../support/captureLog.js";
import { participantIn, quietFirestore, showIn, somebody } from "../support/backstage.js";
import {
  everyDocument,
  fieldsWithUid,
  seedOfEverything,
  store,
  type Marked,
  type Seed,
} from "../support/seedEverything.js";
import { noSpotify } from "../support/noSpotify.js";
import { refuses } from "../support/refuses.js";
import { showEdges } from "../support/showEdges.js";

/** A database that fails at each query across collections. */
const withoutGroups = (firestore: Firestore): Firestore =>
  new Proxy(firestore, {
    get(target, property) {
      if (property === "collectionGroup") throw new Error("killed");
      const found: unknown = Reflect.get(target, property);
      const bound: unknown = typeof found === "function" ? found.bind(target) : found;
      return bound;
    },
  });

const words = (person: Marked) => [person.uid, person.word];
const mentions = (person: Marked, path: string, data: unknown) => {
  const text = `${path} ${JSON.stringify(data)}`;
  return words(person).some((word) => text.includes(word));
};
const names = ({ uid }: Marked, data: unknown) => JSON.stringify(data ?? null).includes(uid);
const somebodyMarked = (name: string): Marked => {
  const id = randomUUID().slice(0, 8);
  return { uid: `spotify_${name}${id}`, word: `word${name}${id}` };
};

describe("deleting an account", () => {
  let firestore: Firestore;
  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());

  const edges = () => ({
    ...showEdges(firestore),
    deletionGraceMs: 0,
  });

  const scene = async () => {
    const deps = edges();
    const ada = somebodyMarked("ada");
    const ben = somebodyMarked("ben");
    const seed = seedOfEverything([ada, ben], randomUUID().slice(0, 8), deps.clock.now());
    await store(firestore, seed);
    await Promise.all(
      [ada, ben].map(({ uid }) => deps.accounts.upsert(uid, { displayName: "", photoUrl: null })),
    );
    return { deps, ada, ben, seed, before: await everyDocument(firestore) };
  };

  /** Signs in through a Spotify that knows the person. */
  const signInAs = (deps: ReturnType<typeof edges>, uid: string) => {
    const grant = {
      accessToken: "access",
      refreshToken: "refresh",
      scopes: [],
      expiresAt: deps.clock.now() + 3_600_000,
    };
    const profile = { id: "dan", display_name: "Dan", account_id: uid.replace("spotify_", "") };
    const spotify = {
      ...noSpotify,
      exchangeCode: () => Promise.resolve(grant),
      getProfile: () => Promise.resolve(profile),
    };
    const redirectUri = "ambient://callback";
    return signInWithSpotify(
      { ...deps, spotify, redirectUris: [redirectUri] },
      { code: "code", redirectUri, codeVerifier: "v".repeat(43) },
    );
  };

  /** Compares the whole database with what it was, and counts. */
  const judge = async ({ ada, ben, seed, before }: Awaited<ReturnType<typeof scene>>) => {
    const after = await everyDocument(firestore);
    const left = [...after].filter(([path, data]) => mentions(ada, path, data));
    const missed = left.flatMap(([path, data]) => missedIn(seed, ada, path, data));
    assert.deepEqual(missed, [], "nothing else of the person is left");

    const ended = [seed.showOf(ada, "live"), seed.showOf(ada, "scheduled")];
    const isEnded = (path: string) => ended.some((showId) => path.split("/")[1] === showId);
    let erased = 0;
    let anonymised = 0;
    for (const [path, data] of before) {
      const now = after.get(path);
      const wasTheirs = mentions(ada, path, data) || path.includes(seed.showOf(ada, "draft"));
      if (wasTheirs && now === undefined) erased += 1;
      else if (!isDeepStrictEqual(now, data)) {
        assert.ok(wasTheirs || isEnded(path), `${path} has nothing of the person and is unchanged`);
        anonymised += 1;
      }
      // Whatever is beside the person's own: the texts of the other are all still there. Only the end of a show publishes its
      // feed again, without the seed's quotations of comments that are not there.
      if ((now !== undefined || !wasTheirs) && !(isEnded(path) && path.includes("/feed/"))) {
        assert.equal(mentions(ben, path, now), mentions(ben, path, data), path);
      }
    }
    return { erased, anonymised, kept: left.length, missed: missed.length };
  };

  /** What still names the person although no policy keeps it: fields, or the path. */
  const missedIn = (seed: Seed, person: Marked, path: string, data: unknown): string[] => {
    const seeded = seed.documents.find((document) => document.path === path);
    if (!seeded || !isRecord(data)) return [path];
    const { entry, of, whose } = seeded;
    const role = of === person ? whose : undefined;
    const policies = policiesOf(entry);
    const isKept = (name: DataPolicyName | undefined, value: unknown) => {
      if (name === undefined) return false;
      const policy: DataPolicy = dataPolicies[name];
      if (policy.onDeletion === "keep") return true;
      // The words stay, as those of the report do; and entries of the list in another role than the policy's.
      const isOther = role !== undefined && role !== policy.whose;
      return policy.onDeletion === "anonymise part" && (isOther || !names(person, value));
    };
    const fields = Object.keys(data).filter(
      (field) => mentions(person, "", data[field]) && !isKept(policies[field], data[field]),
    );
    const isPathKept =
      !words(person).some((word) => path.includes(word)) ||
      entry.path === "users/{uid}/blocked/{otherUid}" ||
      (role && fieldsOf(entry, role).some(([, { onDeletion }]) => onDeletion === "keep"));
    return [...fields.map((field) => `${path}: ${field}`), ...(isPathKept ? [] : [path])];
  };

  it("leaves nothing of the person and changes nothing of anybody else, killed after each step", async () => {
    const seeded = await scene();
    const { deps, ada, seed } = seeded;
    const covered = new Set(seed.documents.map(({ entry }) => entry.path));
    assert.deepEqual(
      inventory.map(({ path }) => path).filter((path) => !covered.has(path)),
      [],
      "the seed has every path",
    );
    assert.deepEqual(
      inventory.flatMap((entry: InventoryEntry) =>
        fieldsWithUid(entry).flatMap((field) =>
          seed.documents.some(
            (document) => document.entry === entry && names(ada, document.data[field]),
          )
            ? []
            : [`${entry.path}: ${field}`],
        ),
      ),
      [],
      "the seed has the person in every field that can name them",
    );
    deps.rooms.connect(seed.liveShow, ada.uid, { role: "listener", canPublish: false });

    // Firebase Auth fails at once, so the call begins the deletion and no more.
    deps.accounts.setDown(true);
    assert.deepEqual(await deleteAccount(deps, ada), {});
    deps.accounts.setDown(false);
    const steps = deletionSteps(deps, ada.uid);
    for (const last of steps.keys()) {
      if (last === steps.length - 1) break;
      for (const step of steps.slice(0, last + 1)) await step.run(() => true);
    }
    assert.equal(deps.rooms.rooms.get(seed.liveShow)?.has(ada.uid), false);
    await sweepDeletions(deps);

    const { erased, anonymised, kept, missed } = await judge(seeded);
    assert.equal(deps.accounts.known.has(ada.uid), false);
    assert.ok(erased > 20 && anonymised > 5 && kept >= 10);
    process.stdout.write(
      `      ${covered.size} paths, ${seed.documents.length} documents seeded, ${steps.length} steps: ` +
        `${erased} erased, ${anonymised} anonymised, ${kept} kept, ${missed} missed\n`,
    );
  });

  it("ends what is live, cancels what is announced, and leaves an empty shell where others spoke", async () => {
    const { deps, ada, seed } = await scene();
    const { liveShow, showOf } = seed;
    deps.rooms.connect(liveShow, ada.uid, { role: "speaker", canPublish: true }, 1);
    await deleteAccount(deps, ada);
    const statuses = await Promise.all(
      (["draft", "scheduled", "live", "ended", "cancelled"] as const).map(async (status) => {
        const show = (await showRef(firestore, showOf(ada, status)).get()).data();
        return [status, show?.status, show?.creatorUid, show?.title, show?.description];
      }),
    );
    const shell = [DELETED_UID, "Deleted show", ""];
    assert.deepEqual(statuses, [
      ["draft", undefined, undefined, undefined, undefined],
      ["scheduled", "cancelled", ...shell],
      ["live", "ended", ...shell],
      ["ended", "ended", ...shell],
      ["cancelled", "cancelled", ...shell],
    ]);
    assert.ok(deps.rooms.requests.includes(`close ${showOf(ada, "live")}`));
    assert.equal(deps.rooms.rooms.get(liveShow)?.has(ada.uid), false, "nobody hears them");
    assert.equal((await showRef(firestore, liveShow).get()).data()?.status, "live");
  });

  it("can be called again, in the meantime and afterwards, and by a person without any data", async () => {
    const seeded = await scene();
    const { deps, ada } = seeded;
    const twice = await Promise.all([deleteAccount(deps, ada), deleteAccount(deps, ada)]);
    assert.deepEqual(twice, [{}, {}]);
    await sweepDeletions(deps);
    await judge(seeded);
    assert.deepEqual(await deleteAccount(deps, ada), {});
    assert.deepEqual(await deleteAccount(deps, { uid: "spotify_nobody" }), {});
    await judge(seeded);
  });

  it("resumes in the next sweep when time runs out, and leaves the audio room to the show's sweep", async () => {
    const seeded = await scene();
    const { deps, ada, seed } = seeded;
    await carryOutDeletion(deps, ada.uid, deps.clock.now());
    assert.ok((await deletionRef(firestore, ada.uid).get()).data()?.begunAt, "it has begun");
    assert.ok(deps.accounts.known.has(ada.uid));
    deps.rooms.connect(seed.liveShow, ada.uid, { role: "listener", canPublish: false });
    deps.rooms.setDown(true);
    await sweepDeletions(deps);
    assert.ok(deps.requestedSweeps().includes(seed.liveShow));
    await judge(seeded);
  });

  it("erases more than a page of one kind, and resumes within it when time runs out", async () => {
    const deps = edges();
    const dan = await somebody("Dan", firestore);
    const followed = firestore.collection(`users/${dan.uid}/following`);
    const writer = firestore.bulkWriter();
    for (let index = 0; index < 450; index += 1) {
      void writer.set(followed.doc(`spotify_${index}`), { createdAt: Timestamp.now() });
    }
    await writer.close();
    const left = async () => (await followed.count().get()).data().count;
    const step = deletionSteps(deps, dan.uid).find(
      ({ name }) => name === "users/{uid}/following/{creatorUid} as owner",
    );
    assert.ok(step);
    assert.equal(await step.run(() => false), false);
    assert.equal(await left(), 250, "one page of 200");
    const lines = await captureLog(() => deleteAccount(deps, dan));
    const logged = lines.filter(({ message }) => message === "account deleted");
    assert.deepEqual(
      logged.map(({ person }) => person),
      [pseudonymOf(dan.uid)],
      "once, for a restore that has to delete it again",
    );
    assert.equal(await left(), 0);
    assert.equal((await deletionRef(firestore, dan.uid).get()).exists, false);
  });

  it("refuses a sign-in on another device that it overtakes, and leaves no account of it", async () => {
    const deps = edges();
    const dan = await somebody("Dan", firestore);
    const upsert: typeof deps.accounts.upsert = async (...args) => {
      const answer = await deps.accounts.upsert(...args);
      deps.accounts.setDown(true);
      await deleteAccount(deps, dan);
      deps.accounts.setDown(false);
      return answer;
    };
    await assert.rejects(
      signInAs({ ...deps, accounts: { ...deps.accounts, upsert } }, dan.uid),
      refuses("ACCOUNT_DELETION_PENDING"),
    );
    assert.equal(deps.accounts.known.has(dan.uid), false);
    await sweepDeletions(deps);
    for (const ref of [userRef, accountRef, credentialsRef, deletionRef]) {
      assert.equal((await ref(firestore, dan.uid).get()).exists, false);
    }
    assert.equal((await signInAs(deps, dan.uid)).isNewUser, true);
  });

  it("leaves a suspension in force, and no account of a sign-in that it refuses", async () => {
    const deps = edges();
    const dan = await somebody("Dan", firestore);
    await deps.accounts.upsert(dan.uid, { displayName: "Dan", photoUrl: null });
    const now = Timestamp.fromMillis(deps.clock.now());
    const facts = { reportId: "report", by: "operator", reason: "fraud", isApplied: true };
    const suspension = { ...facts, uid: dan.uid, at: now, until: null };
    await suspensionRef(firestore, dan.uid).set(suspension);
    await deleteAccount(deps, dan);
    await assert.rejects(
      signInAs(deps, dan.uid),
      refuses("ACCOUNT_SUSPENDED", { statement: "fraud" }),
    );
    assert.equal(deps.accounts.known.has(dan.uid), false);
    assert.equal((await userRef(firestore, dan.uid).get()).exists, false);
  });

  describe("with a grace period", () => {
    const grace = 24 * 3_600_000;
    /** `isBroken`: the function is killed before the person is out of the shows. */
    const waiting = async ({ isBroken = false } = {}) => {
      const deps = { ...edges(), deletionGraceMs: grace };
      // The seed's terms, which nobody here has accepted.
      await firestore.doc("config/client").delete();
      const dan = await somebody("Dan", firestore);
      const eve = await somebody("Eve", firestore);
      const showId = await showIn("live", eve, {}, firestore);
      const draft = await showIn("draft", dan, {}, firestore);
      await participantIn(showId, dan, {}, firestore);
      deps.rooms.connect(showId, dan.uid, { role: "listener", canPublish: false });
      await deps.accounts.upsert(dan.uid, { displayName: "Dan", photoUrl: null });
      const before = (await userRef(firestore, dan.uid).get()).data();
      await deleteAccount(isBroken ? { ...deps, firestore: withoutGroups(firestore) } : deps, dan);
      const caller = { uid: dan.uid, isAdmin: false };
      const signIn = () => signInAs(deps, dan.uid);
      return { deps, dan, showId, draft, before, caller, signIn };
    };

    it("takes the person out of everything at once, and lets nothing new begin", async () => {
      const { deps, dan, showId, draft, caller } = await waiting();
      assert.equal(deps.rooms.rooms.get(showId)?.has(dan.uid), false);
      assert.equal((await userRef(firestore, dan.uid).get()).exists, false);
      const pending = refuses("ACCOUNT_DELETION_PENDING");
      await assert.rejects(joinShow(deps, caller, { showId }), pending);
      await assert.rejects(startShow(deps, caller, { showId: draft }), pending);
      await assert.rejects(report(deps, caller, { showId, reason: "rude" }), pending);
      const reports = await firestore
        .collection("reports")
        .where("reporterUid", "==", dan.uid)
        .get();
      assert.equal(reports.size, 0);
      assert.equal((await showRef(firestore, draft).get()).data()?.status, "draft");
      assert.equal(await deps.accounts.isDisabled(dan.uid), false);
      await sweepDeletions(deps);
      assert.ok((await showRef(firestore, draft).get()).exists, "it is not due");
    });

    it("takes the person out in the next sweep if that failed, and once only", async () => {
      const { deps, dan, showId } = await waiting({ isBroken: true });
      const place = async () =>
        (await participantRef(firestore, showId, dan.uid).get()).data()?.state;
      const request = async () => (await deletionRef(firestore, dan.uid).get()).data();
      assert.equal(await place(), "present");
      assert.equal((await request())?.isOut, false);
      await sweepDeletions(deps);
      assert.equal(await place(), "left");
      assert.equal(deps.rooms.rooms.get(showId)?.has(dan.uid), false);
      assert.deepEqual([(await request())?.isOut, (await request())?.begunAt], [true, null]);
      await sweepDeletions({ ...deps, firestore: withoutGroups(firestore) });
    });

    it("is cancelled by a call or by signing in, and everything is as before", async () => {
      for (const by of ["call", "signIn"] as const) {
        const { deps, dan, before, caller, showId, signIn } = await waiting();
        if (by === "call") {
          assert.deepEqual(await cancelDeletion(deps, dan), {});
          assert.deepEqual(await cancelDeletion(deps, dan), {}, "twice is once");
          assert.deepEqual((await userRef(firestore, dan.uid).get()).data(), before);
        } else {
          assert.equal((await signIn()).isNewUser, false);
          const profileAgain = (await userRef(firestore, dan.uid).get()).data();
          assert.deepEqual(profileAgain?.createdAt, before?.createdAt);
        }
        assert.equal((await deletionRef(firestore, dan.uid).get()).exists, false);
        assert.equal((await joinShow(deps, caller, { showId })).role, "listener");
        deps.clock.advance(grace);
        await sweepDeletions(deps);
        assert.ok((await userRef(firestore, dan.uid).get()).exists);
      }
    });

    it("begins when it is due, and cannot be cancelled any more", async () => {
      const { deps, dan, draft, caller, showId, signIn } = await waiting();
      deps.clock.advance(grace);
      deps.accounts.setDown(true);
      await assert.rejects(sweepDeletions(deps), /some accounts are not deleted/);
      await assert.rejects(cancelDeletion(deps, dan), refuses("ACCOUNT_DELETION_BEGUN"));
      deps.accounts.setDown(false);
      await assert.rejects(signIn(), refuses("ACCOUNT_DELETION_PENDING"));
      await assert.rejects(joinShow(deps, caller, { showId }), refuses("ACCOUNT_DELETION_PENDING"));
      await sweepDeletions(deps);
      assert.equal((await showRef(firestore, draft).get()).exists, false);
      assert.equal(deps.accounts.known.has(dan.uid), false);
      await assert.rejects(joinShow(deps, caller, { showId }), refuses("PROFILE_NOT_FOUND"));
      assert.equal((await signIn()).isNewUser, true);
    });
  });

  it("leaves nothing behind when events come after it", async () => {
    const deps = edges();
    const dan = await somebody("Dan", firestore);
    const showId = await showIn("live", await somebody("Eve", firestore), {}, firestore);
    await deleteAccount(deps, dan);
    const now = Timestamp.fromMillis(deps.clock.now());
    await recordPlayback(deps, showId, silentPlayback(dan.uid, now, 7, 0));
    assert.equal((await timelineRef(firestore, showId, 7).get()).data()?.by, DELETED_UID);
    await countOpenDrafts(deps, dan.uid);
    assert.equal((await quotaRef(firestore, dan.uid).get()).exists, false);
  });

  it("lifts the person's own blocks, but neither a ban nor others' blocks of them", async () => {
    const deps = edges();
    const [dan, eve, fay] = await Promise.all(
      ["Dan", "Eve", "Fay"].map((name) => somebody(name, firestore)),
    );
    assert.ok(dan && eve && fay);
    const [evesShow, faysShow, bannedFrom] = await Promise.all(
      [eve, fay, await somebody("Gus", firestore)].map((creator) =>
        showIn("live", creator, {}, firestore),
      ),
    );
    assert.ok(evesShow && faysShow && bannedFrom);
    const at = Timestamp.fromMillis(deps.clock.now());
    await Promise.all([
      blockRef(firestore, eve.uid, dan.uid).set({ createdAt: at }),
      blockRef(firestore, dan.uid, fay.uid).set({ createdAt: at }),
      hiddenRef(firestore, dan.uid).set({ uids: [eve.uid, fay.uid] }),
      hiddenRef(firestore, eve.uid).set({ uids: [dan.uid] }),
      hiddenRef(firestore, fay.uid).set({ uids: [dan.uid] }),
      banRef(firestore, bannedFrom, dan.uid).set({ uid: dan.uid, by: eve.uid, at, reason: null }),
    ]);
    await deleteAccount(deps, dan);
    assert.equal((await blockRef(firestore, dan.uid, fay.uid).get()).exists, false);
    // The event of the deleted block.
    await onBlockWritten(deps, { params: { uid: dan.uid, otherUid: fay.uid } });
    assert.deepEqual((await hiddenRef(firestore, dan.uid).get()).data()?.uids, [eve.uid]);
    assert.equal((await hiddenRef(firestore, fay.uid).get()).exists, false);

    await signInAs(deps, dan.uid);
    const caller = { uid: dan.uid, isAdmin: false };
    await assert.rejects(joinShow(deps, caller, { showId: bannedFrom }), refuses("BANNED"));
    await assert.rejects(joinShow(deps, caller, { showId: evesShow }), refuses("BLOCKED"));
    assert.equal((await joinShow(deps, caller, { showId: faysShow })).role, "listener");
  });
});
