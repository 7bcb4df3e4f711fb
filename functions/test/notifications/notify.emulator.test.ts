import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import {
  deviceRef,
  followRef,
  hiddenRef,
  leaseRef,
  notificationSettingsRef,
  participantRef,
  reminderRef,
  showRef,
  termsRef,
  userRef,
} from "../../src/collections.js";
import type { NotificationSettings } from "../../src/contract/notifications.js";
import type { ShowDocument, ShowStatus } from "../../src/contract/shows.js";
import { announceInvitation, announceShow } from "../../src/notifications/announce.js";
import { deviceIdOf } from "../../src/notifications/deviceId.js";
import { notify } from "../../src/notifications/notify.js";
import { registerDevice } from "../../src/notifications/registerDevice.js";
import { setRole } from "../../src/stage/setRole.js";
import { notifyTask, type NotifyTask } from "../../src/tasks/tasks.js";
import { unregisterDevice } from "../../src/notifications/unregisterDevice.js";
import {
  participantIn,
  quietFirestore,
  showIn,
  somebody,
  type Person,
} from "../support/backstage.js";
import { as } from "../support/callers.js";
import { failRequests } from "../support/failRequests.js";
import { localMessaging, type LocalMessaging } from "../support/messaging.js";
import { showEdges } from "../support/showEdges.js";

describe("notifications", () => {
  let fcm: LocalMessaging;
  let firestore: Firestore;
  let deps: ReturnType<typeof edges>;
  let ada: Person;

  const edges = () => ({
    ...showEdges(firestore),
    push: fcm.push,
    notificationsPerDay: 10,
    inboxRetentionMs: 30 * 24 * 3_600_000,
  });
  before(async () => {
    firestore = quietFirestore();
    fcm = await localMessaging();
  });
  after(async () => {
    await fcm.close();
    await firestore.terminate();
  });
  beforeEach(async () => {
    await fcm.clearFaults();
    deps = edges();
    ada = await somebody("Ada", firestore);
  });

  const moment = (ms = 0) => Timestamp.fromMillis(deps.clock.now() + ms);

  let registered: Promise<unknown> = Promise.resolve();
  /** A person with a device, which may have chosen settings. */
  const phoneOwner = async (name: string, settings?: Partial<NotificationSettings>) => {
    const person = await somebody(name, firestore);
    const token = await fcm.installApp();
    // One after the other: in the emulator, transactions that query one collection wait for each other.
    registered = registered.then(() => register(person, token));
    await registered;
    if (settings)
      await notificationSettingsRef(firestore, person.uid).set(settings, { merge: true });
    return { ...person, token };
  };
  const register = (person: Person, token: string, replaces?: string) =>
    registerDevice(deps, person, {
      token,
      platform: "ios",
      language: "en",
      timeZone: "UTC",
      replaces,
    });
  const follows = (person: Person, fields: object = {}) =>
    followRef(firestore, person.uid, ada.uid).set({
      createdAt: moment(),
      creatorUid: ada.uid,
      ...fields,
    });
  const wantsReminder = (person: Person, showId: string) =>
    reminderRef(firestore, person.uid, showId).set({ showId, createdAt: moment() });
  const isReminded = async (person: Person, showId: string) =>
    (await reminderRef(firestore, person.uid, showId).get()).exists;
  const inboxOf = async (person: Person) => {
    const { docs } = await userRef(firestore, person.uid).collection("inbox").get();
    return docs.map((each) => String(each.get("kind")));
  };
  const pushed = async ({ token }: { readonly token: string }) =>
    (await fcm.messages(token)).map(({ title }) => title);

  /** Changes the show as its owner would, and enqueues what the event enqueues, twice as events may come. */
  const changes = async (showId: string, fields: Partial<ShowDocument>) => {
    const ref = firestore.doc(`shows/${showId}`);
    const before = await ref.get();
    await ref.update({ ...fields, updatedAt: moment() });
    const after = await ref.get();
    await announceShow(deps, showId, before, after);
    await announceShow(deps, showId, before, after);
  };
  const startNow = (showId: string) =>
    changes(showId, { status: "live", startedAt: moment(), hostUid: ada.uid });
  const show = (status: ShowStatus, fields: Partial<ShowDocument> = {}) =>
    showIn(status, ada, { scheduledFor: moment(3_600_000), ...fields }, firestore);
  /** Runs the tasks that are due, with those that they enqueue. */
  const runTasks = async () => {
    for (let ran = 0; ran < deps.queued.notify.length; ran += 1) {
      const { dueAt, ...task } = deps.queued.notify[ran] ?? assert.fail();
      if (dueAt > deps.clock.now()) continue;
      deps.queued.notify.splice(ran, 1);
      ran -= 1;
      try {
        await notify(deps, task);
      } catch (error) {
        // The queue runs it again.
        deps.queued.notify.push({ dueAt, ...task });
        throw error;
      }
    }
  };

  it("are sent once to each follower and reminder holder, and not to people who opted out", async () => {
    const thisHour = new Date(deps.clock.now()).getUTCHours() * 60;
    const [dan, eve, fay, gus, hal, ivy] = await Promise.all([
      phoneOwner("Dan"),
      phoneOwner("Eve", { push: false }),
      phoneOwner("Fay"),
      phoneOwner("Gus"),
      phoneOwner("Hal", { quietHours: { from: thisHour, until: thisHour + 59 } }),
      phoneOwner("Ivy"),
    ]);
    const showId = await show("scheduled");
    await Promise.all([
      ...[dan, eve, gus, hal, ivy].map((person) => follows(person)),
      follows(fay, { muted: true }),
      wantsReminder(ivy, showId),
      hiddenRef(firestore, ada.uid).set({ uids: [gus.uid] }),
    ]);
    const deleted = await phoneOwner("Kim");
    await follows(deleted);
    await userRef(firestore, deleted.uid).delete();
    const second = await fcm.installApp();
    await register(dan, second);

    await startNow(showId);
    await runTasks();
    for (const person of [dan, ivy, { token: second }]) {
      assert.deepEqual(await pushed(person), ["Ada is live"]);
    }
    for (const person of [eve, fay, gus, hal, deleted]) assert.deepEqual(await pushed(person), []);
    for (const person of [dan, eve, fay, hal, ivy]) {
      assert.deepEqual(await inboxOf(person), ["live"], person.displayName);
    }
    for (const person of [gus, deleted]) assert.deepEqual(await inboxOf(person), []);
    assert.equal(await isReminded(ivy, showId), false);

    // The whole event comes again, later.
    deps.clock.advance(60_000);
    const snapshot = await firestore.doc(`shows/${showId}`).get();
    await announceShow(deps, showId, undefined, snapshot);
    await runTasks();
    assert.deepEqual(await pushed(dan), ["Ada is live"]);
    assert.deepEqual(await inboxOf(dan), ["live"]);
  });

  it("of an unlisted show reach only reminder holders, and of one that was taken down nobody", async () => {
    const [dan, ivy] = await Promise.all([phoneOwner("Dan"), phoneOwner("Ivy")]);
    const [unlisted, takenDown] = await Promise.all([
      show("scheduled", { visibility: "unlisted" }),
      show("scheduled", { visibility: "taken_down" }),
    ]);
    await Promise.all([follows(dan), wantsReminder(ivy, unlisted), wantsReminder(ivy, takenDown)]);
    await startNow(unlisted);
    await startNow(takenDown);
    await runTasks();
    assert.deepEqual(await pushed(ivy), ["Ada is live"]);
    assert.deepEqual(await inboxOf(dan), []);
    assert.equal(await isReminded(ivy, takenDown), false);
  });

  /** Refuses a task whose name is taken, like Cloud Tasks. */
  const enqueueOnce = () => {
    const { notify: queue } = deps.tasks;
    const taken = new Set<string>();
    const enqueue = async (task: NotifyTask, dueAt: number) => {
      const name = JSON.stringify([task.showId, notifyTask.keyOf?.(task), dueAt]);
      if (taken.has(name)) return;
      taken.add(name);
      await queue.enqueue(task, dueAt);
    };
    deps = { ...deps, tasks: { ...deps.tasks, notify: { enqueue } } };
  };

  it("announce the last of several new times once, and a cancellation at once", async () => {
    enqueueOnce();
    const ivy = await phoneOwner("Ivy");
    const showId = await show("scheduled");
    await wantsReminder(ivy, showId);
    await changes(showId, { scheduledFor: moment(7_200_000) });
    await changes(showId, { scheduledFor: moment(10_800_000) });
    await changes(showId, { title: "Night drive II" });
    deps.clock.advance(deps.movesIntervalMs - 1);
    await runTasks();
    assert.deepEqual(await pushed(ivy), []);
    deps.clock.advance(1);
    await runTasks();
    assert.deepEqual(await pushed(ivy), ["Ada moved a show"]);
    const [message] = await fcm.messages(ivy.token);
    assert.match(message?.body ?? "", /^Night drive II now starts Nov 24, 2026, 11:00\sPM UTC/);
    assert.equal(await isReminded(ivy, showId), true);
    await changes(showId, { status: "cancelled" });
    await runTasks();
    assert.deepEqual(await inboxOf(ivy), ["cancelled", "moved"]);
    assert.deepEqual(await pushed(ivy), ["Ada moved a show", "Ada cancelled a show"]);
    assert.equal(await isReminded(ivy, showId), false);
  });

  it("announce a known time again only if another one was announced since", async () => {
    enqueueOnce();
    const ivy = await phoneOwner("Ivy");
    const [eight, nine] = [moment(3_600_000), moment(7_200_000)];
    const showId = await show("scheduled", { scheduledFor: eight });
    await wantsReminder(ivy, showId);
    const move = async (...times: Timestamp[]) => {
      for (const scheduledFor of times) await changes(showId, { scheduledFor });
      deps.clock.advance(deps.movesIntervalMs);
      await runTasks();
      return inboxOf(ivy);
    };
    assert.deepEqual(await move(nine, eight), []);
    assert.deepEqual(await move(nine, eight, nine), ["moved"]);
    assert.deepEqual(await move(eight), ["moved", "moved"]);
  });

  it("announce that a show is withdrawn, unless it is scheduled again before anybody was notified", async () => {
    const ivy = await phoneOwner("Ivy");
    const [withdrawn, back] = await Promise.all([show("scheduled"), show("scheduled")]);
    for (const showId of [withdrawn, back]) {
      await wantsReminder(ivy, showId);
      await changes(showId, { status: "draft" });
    }
    await changes(back, { status: "scheduled" });
    await runTasks();
    assert.deepEqual(await pushed(ivy), ["Ada cancelled a show"]);
    assert.equal(await isReminded(ivy, withdrawn), false);
    assert.equal(await isReminded(ivy, back), true);
  });

  it("go to a reminder holder who has muted the creator, whichever group comes first", async () => {
    const ivy = await phoneOwner("Ivy");
    await follows(ivy, { muted: true });
    for (const count of [1, 2]) {
      const showId = await show("scheduled");
      await wantsReminder(ivy, showId);
      await startNow(showId);
      if (count === 2) deps.queued.notify.reverse();
      await runTasks();
      assert.equal((await pushed(ivy)).length, count);
    }
  });

  it("of a show for adults reach adults only", async () => {
    const [dan, eve, fay] = await Promise.all([
      phoneOwner("Dan"),
      phoneOwner("Eve"),
      phoneOwner("Fay"),
    ]);
    for (const [person, ageBand] of [
      [dan, "adult"],
      [eve, "minor"],
    ] as const) {
      const terms = { version: 1, acceptedAt: moment(), ageBand };
      await termsRef(firestore, person.uid).set(terms);
    }
    await Promise.all([dan, eve, fay].map((person) => follows(person)));
    await startNow(await show("scheduled", { adultsOnly: true }));
    await runTasks();
    assert.deepEqual(await pushed(dan), ["Ada is live"]);
    for (const person of [eve, fay]) {
      assert.deepEqual([await pushed(person), await inboxOf(person)], [[], []]);
    }
  });

  it("are sent once to everybody, whichever request of a task fails before it runs again", async () => {
    const people = await Promise.all([phoneOwner("Dan"), phoneOwner("Eve")]);
    for (const person of people) await follows(person);
    deps = { ...deps, notificationsPerDay: 100 };
    for (let nth = 1, hasFailed = true; hasFailed; nth += 1) {
      await startNow(await show("scheduled"));
      const failing = failRequests(firestore, (request) => request === nth);
      await runTasks().catch(() => undefined);
      hasFailed = failing.stop() >= nth;
      await runTasks();
      for (const person of people) assert.equal((await pushed(person)).length, nth, `${nth}`);
    }
  });

  it("that FCM accepts later follow the settings that people have chosen since", async () => {
    const [off, quiet, muting, away, blocked, dan] = await Promise.all(
      ["Off", "Quiet", "Muting", "Away", "Blocked", "Dan"].map((name) => phoneOwner(name)),
    );
    assert.ok(off && quiet && muting && away && blocked && dan);
    const people = [off, quiet, muting, away, blocked, dan];
    for (const person of people) await follows(person);
    const { push } = deps;
    deps = {
      ...deps,
      // The push is counted, so that the second attempt must not count against the limit.
      notificationsPerDay: 1,
      push: { send: () => Promise.reject(new Error("injected by the test")) },
    };
    await startNow(await show("scheduled"));
    await runTasks();
    deps = { ...deps, push };
    const settings = ({ uid }: Person) => notificationSettingsRef(firestore, uid);
    await settings(off).update({ push: false });
    const thisHour = new Date(deps.clock.now()).getUTCHours() * 60;
    await settings(quiet).update({ quietHours: { from: thisHour, until: thisHour + 70 } });
    await follows(muting, { muted: true });
    await followRef(firestore, away.uid, ada.uid).delete();
    await hiddenRef(firestore, ada.uid).set({ uids: [blocked.uid] });
    deps.clock.advance(60_000);
    await runTasks();
    const counts = await Promise.all(people.map(async (person) => (await pushed(person)).length));
    assert.deepEqual(counts, [0, 0, 0, 0, 0, 1]);
    assert.equal((await settings(dan).get()).data()?.sent?.count, 1);
  });

  it("restore nothing of a person whose settings were erased in the meantime", async () => {
    const dan = await phoneOwner("Dan");
    await follows(dan);
    const settings = notificationSettingsRef(firestore, dan.uid);
    await settings.delete();
    await startNow(await show("scheduled"));
    await runTasks();
    assert.deepEqual(await pushed(dan), ["Ada is live"]);
    assert.equal((await settings.get()).exists, false);
  });

  it("only reach the inbox after an outage, and not even that once the show is over", async () => {
    const dan = await phoneOwner("Dan");
    await follows(dan);
    const [late, over] = await Promise.all([show("scheduled"), show("scheduled")]);
    await startNow(late);
    await startNow(over);
    await wantsReminder(dan, over);
    await showRef(firestore, over).update({ status: "ended" });
    deps.clock.advance(20 * 60_000);
    await runTasks();
    assert.deepEqual(await inboxOf(dan), ["live"]);
    assert.deepEqual(await pushed(dan), []);
    assert.equal(await isReminded(dan, over), false);
  });

  it("stop at a person's daily limit, but still reach the inbox", async () => {
    deps = { ...deps, notificationsPerDay: 1 };
    const dan = await phoneOwner("Dan");
    await follows(dan);
    for (const showId of await Promise.all([show("scheduled"), show("scheduled")])) {
      await startNow(showId);
    }
    await runTasks();
    assert.deepEqual(await pushed(dan), ["Ada is live"]);
    assert.deepEqual(await inboxOf(dan), ["live", "live"]);
    deps.clock.advance(24 * 3_600_000);
    await startNow(await show("scheduled"));
    await runTasks();
    assert.equal((await pushed(dan)).length, 2);
  });

  it("come later to those who could not be reached, once, and never to the next owner of the device", async () => {
    const [dan, eve] = await Promise.all([phoneOwner("Dan"), phoneOwner("Eve")]);
    await Promise.all([follows(dan), follows(eve)]);
    for (const { token } of [dan, eve]) {
      await fcm.fail({ errorCode: "QUOTA_EXCEEDED", token, times: 1, retryAfterSeconds: 120 });
    }
    await startNow(await show("scheduled"));
    await runTasks();
    assert.deepEqual([await pushed(dan), await pushed(eve)], [[], []]);
    const [retry] = deps.queued.notify;
    assert.equal((retry?.dueAt ?? 0) - deps.clock.now(), 120_000);
    // Another person signs in on Eve's phone in the meantime.
    await register(await somebody("Fay", firestore), eve.token);
    deps.clock.advance(120_000);
    // The queue may dispatch a task twice at once.
    deps.queued.notify.push(retry ?? assert.fail());
    await Promise.all([runTasks(), runTasks()]);
    assert.deepEqual([await pushed(dan), await pushed(eve)], [["Ada is live"], []]);
    assert.deepEqual(deps.queued.notify, []);
  });

  it("are given up after five attempts, and without attempt once they are stale", async () => {
    const dan = await phoneOwner("Dan");
    await follows(dan);
    await fcm.fail({ errorCode: "QUOTA_EXCEEDED", times: 100 });
    await startNow(await show("scheduled"));
    const before = await fcm.requests();
    for (let minutes = 0; minutes < 60; minutes += 1) {
      await runTasks();
      deps.clock.advance(60_000);
    }
    assert.deepEqual(deps.queued.notify, []);
    assert.equal((await fcm.requests()) - before, 4, "after 0, 1, 3 and 7 minutes, not after 15");
    assert.deepEqual(await inboxOf(dan), ["live"]);
  });

  it("forget a device that FCM no longer knows, unless it has registered again", async () => {
    const [dan, eve] = await Promise.all([phoneOwner("Dan"), phoneOwner("Eve")]);
    await Promise.all([follows(dan), follows(eve)]);
    await Promise.all([dan, eve].map(({ token }) => fcm.uninstallApp(token)));
    const { push } = deps;
    deps = {
      ...deps,
      push: {
        send: async (messages) => {
          const answer = await push.send(messages);
          deps.clock.advance(1);
          await register(eve, eve.token);
          return answer;
        },
      },
    };
    await startNow(await show("scheduled"));
    await runTasks();
    const isKnown = async ({ token }: { readonly token: string }) =>
      (await deviceRef(firestore, deviceIdOf(token)).get()).exists;
    assert.deepEqual([await isKnown(dan), await isKnown(eve)], [false, true]);
  });

  it("go over all pages of followers", async () => {
    const writer = firestore.bulkWriter();
    const uids = Array.from({ length: 501 }, (_, index) => `spotify_${ada.uid}-${index}`);
    const profile = (await userRef(firestore, ada.uid).get()).data() ?? assert.fail();
    // All but the first and the last one are being deleted, so that only these two are written to.
    const reached = [uids.sort()[0] ?? "", uids.at(-1) ?? ""];
    for (const uid of reached) void writer.set(userRef(firestore, uid), profile);
    for (const uid of uids) {
      void writer.set(followRef(firestore, uid, ada.uid), {
        createdAt: moment(),
        creatorUid: ada.uid,
      });
    }
    await writer.close();
    const showId = await show("scheduled");
    await startNow(showId);
    await runTasks();
    const inboxes = await firestore
      .collectionGroup("inbox")
      .where("creatorUid", "==", ada.uid)
      .count()
      .get();
    assert.equal(inboxes.data().count, 2);
  });

  it("notify a disconnected person once of an invitation to the stage", async () => {
    const [dan, eve, fay] = await Promise.all([
      phoneOwner("Dan"),
      phoneOwner("Eve"),
      phoneOwner("Fay"),
    ]);
    const showId = await show("live");
    const caller = as(ada);
    for (const [person, aliveUntil] of [
      [dan, moment(60_000)],
      [eve, null],
      [fay, moment(60_000)],
    ] as const) {
      await participantIn(showId, person, {}, firestore);
      await leaseRef(firestore, showId, person.uid).set({
        uid: person.uid,
        aliveUntil,
        connectedSince: null,
        expiresAt: moment(60_000),
      });
      const ref = participantRef(firestore, showId, person.uid);
      const before = await ref.get();
      deps.clock.advance(Date.now() - deps.clock.now());
      await setRole(deps, caller, { showId, uid: person.uid, role: "speaker" });
      const after = await ref.get();
      const place = { showId, uid: person.uid };
      await announceInvitation(deps, place, before, after);
      await announceInvitation(deps, place, before, after);
      await announceInvitation(deps, place, after, after);
    }
    await setRole(deps, caller, { showId, uid: fay.uid, role: "listener" });
    deps.clock.advance(1_000);
    await runTasks();
    assert.deepEqual(await pushed(dan), ["You are invited to the stage"]);
    assert.deepEqual(await inboxOf(dan), ["invited"]);
    assert.deepEqual(await inboxOf(eve), [], "hears the show");
    assert.deepEqual(await inboxOf(fay), [], "is not invited any more");
  });

  it("go to the account that registered the device last, until it signs out", async () => {
    const dan = await phoneOwner("Dan");
    const eve = await somebody("Eve", firestore);
    const owner = async (token: string) =>
      (await deviceRef(firestore, deviceIdOf(token)).get()).data()?.uid;
    await unregisterDevice(deps, eve, { token: dan.token });
    assert.equal(await owner(dan.token), dan.uid, "another account's token stays");
    await register(eve, dan.token);
    assert.equal(await owner(dan.token), eve.uid);
    const fresh = await fcm.installApp();
    await register(eve, fresh, dan.token);
    assert.equal(await owner(dan.token), undefined);
    await unregisterDevice(deps, eve, { token: fresh });
    await unregisterDevice(deps, eve, { token: fresh });
    assert.equal(await owner(fresh), undefined);
  });

  it("keep a person's latest twenty devices", async () => {
    const dan = await somebody("Dan", firestore);
    for (let index = 0; index < 22; index += 1) {
      deps.clock.advance(1_000);
      await register(dan, `token-${ada.uid.slice(-8)}-${index}`);
    }
    const { docs } = await firestore.collection("devices").where("uid", "==", dan.uid).get();
    const indexes = docs.map((each) => Number(String(each.get("token")).split("-").at(-1)));
    assert.deepEqual(
      indexes.sort((a, b) => a - b),
      Array.from({ length: 20 }, (_, index) => index + 2),
    );
  });

  it("never go to a person without a profile", async () => {
    const nobody = { uid: "spotify_nobody", displayName: "", photoUrl: null };
    await assert.rejects(register(nobody, "token"), { reason: "PROFILE_NOT_FOUND" });
    assert.equal((await deviceRef(firestore, deviceIdOf("token")).get()).exists, false);
    assert.equal((await notificationSettingsRef(firestore, nobody.uid).get()).exists, false);
  });
});
