import assert from "node:assert/strict";
import { FirebaseError } from "firebase/app";
import { participantsRef, speakRequestsRef } from "../../src/collections.js";
import { decideSpeakRequest, setRole } from "../../src/contract/stage.js";
import { askToSpeak } from "../support/askToSpeak.js";
import { appOf, firestore, participantIn, somebody } from "../support/backstage.js";
import { eventually } from "../support/eventually.js";
import { livekitBackdoor } from "../support/livekitBackdoor.js";
import { openSoundstage, type Attendee, type Soundstage } from "../support/soundstage.js";

const CROWD = 18;
/** Each of these is a real connection to LiveKit. */
const CONNECTED = 6;
const MAX_SPEAKERS = 5;
/** Simultaneous calls per host. More would make the emulator's transactions wait for each other. */
const AT_ONCE = 1;

type Decision = "accept" | "reject";

describe("a crowd that asks at once, and two hosts who decide at random", () => {
  let stage: Soundstage;
  before(async () => {
    stage = await openSoundstage({ maxSpeakers: MAX_SPEAKERS });
  });
  after(() => stage.close());

  it("never exceeds the speaker limit, decides each request once, and gives the same permissions on both sides", async function () {
    const { ada, showId } = stage;
    const cleo = await stage.cohost("Cleo");
    const connected = await Promise.all(
      Array.from({ length: CONNECTED }, (_, index) => stage.listener(`C${index}`)),
    );
    const documentsOnly = await Promise.all(
      Array.from({ length: CROWD - CONNECTED }, async (_, index) => {
        const person = await somebody(`L${index}`);
        await participantIn(showId, person);
        return person;
      }),
    );
    const apps = await Promise.all(documentsOnly.map((person) => appOf(person)));
    const askers = [...connected.map(({ app }) => app), ...apps];
    const uids = askers.map(({ uid }) => uid);

    const speakers = watchSpeakers(showId);
    const decisions = watchDecisions(showId);
    await Promise.all(askers.map((app) => askToSpeak(app, showId)));

    const answers = new Map<string, Set<string>>(uids.map((uid) => [uid, new Set()]));
    const open = new Set(uids);
    const decide = async (host: Attendee, uid: string, decision: Decision): Promise<void> => {
      try {
        const { status } = await host.app.call(decideSpeakRequest, { showId, uid, decision });
        answers.get(uid)?.add(status);
        open.delete(uid);
      } catch (error) {
        const reason = reasonOf(error);
        if (reason === "REQUEST_NOT_PENDING") open.delete(uid);
        else if (reason === "SPEAKER_LIMIT") await makeRoom(host);
        else if (reason !== "CONTENTION") throw error;
      }
    };
    const makeRoom = async (host: Attendee): Promise<void> => {
      const uid = anyOf(speakers.now());
      if (uid === undefined) return;
      await host.app.call(setRole, { showId, uid, role: "listener" }).catch((error: unknown) => {
        if (reasonOf(error) !== "CONTENTION") throw error;
      });
    };
    const works = async (host: Attendee): Promise<void> => {
      for (let uid = anyOf(open); uid !== undefined; uid = anyOf(open)) {
        await decide(host, uid, Math.random() < 0.6 ? "accept" : "reject");
      }
    };
    await Promise.all(
      [ada, cleo].flatMap((host) => Array.from({ length: AT_ONCE }, () => works(host))),
    );

    for (const [uid, statuses] of answers)
      assert.equal(statuses.size, 1, `${uid}: ${[...statuses].join()}`);
    assert.deepEqual(await decisions.end(uids.length), []);
    assert.equal(
      await speakers.end(),
      MAX_SPEAKERS,
      "the stage was full but never exceeded its limit",
    );
    await assertSamePermissions();

    const people = (await participantsRef(firestore, showId).get()).docs;
    const onStage = new Set(people.flatMap((one) => (one.data().canPublish ? [one.id] : [])));
    const outcomes = await Promise.all(
      connected.map(async ({ audio, uid }) => {
        await audio.untilCanPublish(onStage.has(uid), 25_000);
        return [uid, await audio.speak()] as const;
      }),
    );
    for (const [uid, outcome] of outcomes) {
      assert.equal(outcome, onStage.has(uid) ? "speaking" : "refused");
      if (onStage.has(uid)) await ada.audio.hears(uid);
    }
    const accepted = [...answers.values()].filter((statuses) => statuses.has("accepted")).length;
    if (this.test) this.test.title += ` (${accepted} of ${CROWD} accepted)`;
    await Promise.all(apps.map((app) => app.close()));
  }).timeout(240_000);

  /** Waits until LiveKit has the documents' permissions for every connected participant. */
  async function assertSamePermissions(): Promise<void> {
    const { rooms } = await livekitBackdoor();
    const documents = (await participantsRef(firestore, stage.showId).get()).docs;
    const granted = new Map(
      documents.map((one) => {
        const { role, canPublish } = one.data();
        return [one.id, `${role} ${String(canPublish)}`];
      }),
    );
    await eventually("the same permissions at LiveKit", async () => {
      const { connected = [] } = (await rooms.look(stage.showId)) ?? {};
      assert.equal(connected.length, CONNECTED + 2);
      return connected.every(
        ({ uid, role, canPublish }) => granted.get(uid) === `${String(role)} ${String(canPublish)}`,
      )
        ? true
        : undefined;
    });
  }
});

/** Watches who speaks, and the largest number at one time. */
function watchSpeakers(showId: string) {
  let now: string[] = [];
  let peak = 0;
  const query = participantsRef(firestore, showId).where("role", "==", "speaker");
  const stop = query.onSnapshot(({ docs }) => {
    now = docs.map(({ id }) => id);
    peak = Math.max(peak, now.length);
  });
  return {
    now: () => now,
    end: async () => {
      // The listener may lag behind.
      const { size } = await query.get();
      await eventually("the latest speakers", () =>
        Promise.resolve(now.length === size ? true : undefined),
      );
      stop();
      return peak;
    },
  };
}

/** Watches for requests whose decision was changed or repeated by someone else. */
function watchDecisions(showId: string) {
  const decided = new Map<string, string>();
  const changed: string[] = [];
  const stop = speakRequestsRef(firestore, showId).onSnapshot((snapshot) => {
    for (const { doc } of snapshot.docChanges()) {
      const { status, decidedBy, decidedAt } = doc.data();
      if (status !== "accepted" && status !== "rejected") continue;
      const decision = `${status} by ${String(decidedBy)} at ${String(decidedAt?.toMillis())}`;
      const before = decided.get(doc.id);
      if (before !== undefined && before !== decision) changed.push(`${before}, ${decision}`);
      decided.set(doc.id, decision);
    }
  });
  return {
    end: async (count: number) => {
      const open = speakRequestsRef(firestore, showId).where("status", "==", "pending");
      assert.equal((await open.count().get()).data().count, 0);
      // The listener may have missed an accepted request that was soon cancelled by a demotion.
      assert.ok(decided.size <= count);
      stop();
      return changed;
    },
  };
}

function anyOf<Item>(items: Iterable<Item>): Item | undefined {
  const all = [...items];
  return all[Math.floor(Math.random() * all.length)];
}

function reasonOf(error: unknown): unknown {
  if (!(error instanceof FirebaseError) || !("details" in error)) throw error;
  const { details } = error;
  return typeof details === "object" && details !== null && "reason" in details
    ? details.reason
    : undefined;
}
