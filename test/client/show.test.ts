import assert from "node:assert/strict";
import { AmbientError } from "../../client/src/errors/ambientError.js";
import type { Comment } from "../../client/src/comments/comment.js";
import { slowModeSecondsOf } from "../../client/src/comments/slowMode.js";
import { messageFor } from "../../client/src/errors/messages.js";
import type { Observable } from "../../client/src/observe/observable.js";
import type { Show } from "../../client/src/show/show.js";
import { phoneOf, type Phone } from "../../local/clientApp/ambient.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { Line } from "../support/line.js";
import { eventually } from "../../functions/test/support/eventually.js";
import { sdkSeen, sdkWithOnSnapshot } from "../support/sdkWithOnSnapshot.js";
import { ended, first } from "../support/subscribed.js";
import { letASecondPass, rewrite } from "../support/adminSide.js";
import { because } from "../support/refusal.js";
import { runningSuite } from "../support/suite.js";

/** The JS SDK, with a count of its open listeners. */
function countingSdk() {
  let open = 0;
  const sdk = sdkWithOnSnapshot((real, args) => {
    const stop = real(args);
    let isOpen = true;
    open += 1;
    return () => {
      if (isOpen) open -= 1;
      isOpen = false;
      if (typeof stop === "function") Reflect.apply(stop, undefined, []);
    };
  });
  return { sdk, open: () => open };
}

const none = { nullValue: null };

/** One evening that uses only the client package. */
describe("the client package", () => {
  const counting = countingSdk();
  let endpoints: Endpoints;
  let ben: Phone;
  let dan: Phone;
  let eve: Phone;
  let showId: string;
  let bens: Show;
  let dans: Show;
  let eves: Show;

  before(async () => {
    endpoints = await runningSuite();
    [ben, dan, eve] = await Promise.all([
      phoneOf(endpoints, "creator-ben"),
      phoneOf(endpoints, "listener-dan", counting.sdk),
      phoneOf(endpoints, "listener-eve"),
    ]);
  });
  after(() => Promise.all([ben, dan, eve].map((phone) => phone.close())));

  it("signs in and reads the account", async () => {
    assert.equal(dan.ambient.account.uid.current, dan.uid);
    const account = await first(dan.ambient.account.details, (details) => details !== undefined);
    assert.equal(account?.spotifyLinked, true);
    const { redirectUri } = endpoints;
    await assert.rejects(
      dan.ambient.account.signIn({ code: "used-up", redirectUri, codeVerifier: "v".repeat(43) }),
      because("SPOTIFY_CODE_REJECTED"),
    );
    assert.equal(
      dan.ambient.account.uid.current,
      dan.uid,
      "a failed attempt does not sign anybody out",
    );
  });

  it("edits the user's own profile, and refuses to follow nobody and oneself", async () => {
    await dan.ambient.account.editProfile({ bio: "Slow songs" });
    await first(eve.ambient.account.profile(dan.uid), (profile) => profile?.bio === "Slow songs");
    const { follows } = dan.ambient;
    await assert.rejects(follows.follow("spotify_nobody"), because("PERSON_NOT_FOUND"));
    await assert.rejects(follows.follow(dan.uid), because("INVALID_ARGUMENT"));
  });

  it("creates, announces and edits a show, which others then see", async () => {
    showId = await ben.ambient.shows.create({ title: "Night drive", visibility: "public" });
    assert.equal((await ended(dan.ambient.shows.show(showId))).reason, "PERMISSION_DENIED");
    const scheduledFor = new Date(Date.now() + 3_600_000);
    await ben.ambient.shows.edit(showId, { title: "Night drive, late", scheduledFor });
    const { items } = await first(dan.ambient.discover.upcoming(), (page) =>
      page.items.some(({ id }) => id === showId),
    );
    assert.equal(items.find(({ id }) => id === showId)?.title, "Night drive, late");
    // What nobody started in time must not stand before what is still to come.
    const scheduled = { timestampValue: new Date(Date.now() - 7_200_000).toISOString() };
    await rewrite(endpoints, `shows/${showId}`, { scheduledFor: scheduled });
    await first(dan.ambient.discover.upcoming(), ({ items: all }) =>
      all.every(({ id }) => id !== showId),
    );
    await ben.ambient.shows.edit(showId, { scheduledFor });
    await first(ben.ambient.shows.mine(), ({ items: all }) => all.some(({ id }) => id === showId));
    await assert.rejects(
      dan.ambient.shows.edit(showId, { title: "Dan's" }),
      because("PERMISSION_DENIED"),
    );
    const problems = await ben.ambient.shows.check(showId);
    assert.deepEqual(
      problems.map(({ reason }) => reason),
      ["PLAYLIST_EMPTY"],
    );
    await assert.rejects(dan.ambient.shows.check(showId), because("NOT_CREATOR"));
  });

  it("leaves no draft behind when a show cannot be announced", async () => {
    const scheduledFor = new Date(Date.now() - 60_000);
    const late = ben.ambient.shows.create({ title: "Too late", scheduledFor });
    await assert.rejects(late, (error) => {
      assert.ok(error instanceof AmbientError && error.reason === "INVALID_ARGUMENT");
      assert.deepEqual(
        error.details.issues?.map(({ path }) => path),
        ["scheduledFor"],
      );
      return true;
    });
    // A second device, whose cache is empty.
    const tablet = await phoneOf(endpoints, "creator-ben");
    const { items } = await first(tablet.ambient.shows.mine(), () => true);
    assert.ok(!items.some(({ title }) => title === "Too late"));
    await tablet.close();
  });

  it("says why a show cannot be joined", async () => {
    for (const malformed of ["", "a/b"]) {
      assert.equal((await ended(dan.ambient.shows.show(malformed))).reason, "INVALID_ARGUMENT");
    }
    await assert.rejects(dan.ambient.join(showId), because("SHOW_NOT_LIVE"));
    await assert.rejects(dan.ambient.join("no-such-show"), because("SHOW_NOT_FOUND"));
    await assert.rejects(dan.ambient.start(showId), because("NOT_CREATOR"));
    await assert.rejects(dan.ambient.join("not an id"), because("INVALID_ARGUMENT"));
  });

  it("goes live, and listeners join", async () => {
    bens = await ben.ambient.start(showId);
    assert.equal(bens.me.current.role, "creator");
    assert.deepEqual(
      bens.warnings.map(({ reason }) => messageFor(reason)),
      [messageFor("PLAYLIST_EMPTY")],
    );
    [dans, eves] = await Promise.all([dan.ambient.join(showId), eve.ambient.join(showId)]);
    assert.equal(dans.me.current.role, "listener");
    assert.deepEqual(dans.warnings, []);
    assert.equal(dans.details.current.status, "live");
    assert.deepEqual(dans.presence.current, { kind: "present" });
    await first(bens.participants(), (people) => people.length === 3);
    await first(dan.ambient.discover.live(), ({ items }) => items.some(({ id }) => id === showId));
    await first(dan.ambient.creator(ben.uid).live, (live) => live?.id === showId);
    assert.equal(await first(dan.ambient.creator(eve.uid).live, () => true), undefined);
  });

  it("brings a listener from a speak request to the stage", async () => {
    await dans.stage.ask("hello?");
    await dans.stage.ask("hello?");
    const [request] = await first(bens.stage.requests(), (all) => all.length === 1);
    assert.deepEqual([request?.uid, request?.message], [dan.uid, "hello?"]);
    await dans.stage.cancelAsk();
    await first(dans.stage.request, (own) => own?.status === "cancelled");
    const askedAgo = (seconds: number) =>
      rewrite(endpoints, `shows/${showId}/speakRequests/${dan.uid}`, {
        createdAt: { timestampValue: new Date(Date.now() - seconds * 1_000).toISOString() },
      });
    await askedAgo(0);
    await assert.rejects(dans.stage.ask(), (error) => {
      because("RATE_LIMITED")(error);
      const seconds = error instanceof AmbientError ? error.retryAfterSeconds : undefined;
      return seconds !== undefined && seconds > 0 && seconds <= 10;
    });
    await askedAgo(11);
    await dans.stage.ask();
    await bens.stage.decide(dan.uid, "accept");
    await first(dans.me, ({ role, canPublish }) => role === "speaker" && canPublish);
    await first(dans.stage.people, (people) => people.length === 2);
    await assert.rejects(dans.stage.decide(eve.uid, "accept"), because("NOT_HOST"));
  });

  it("names the invalid field before it writes anything", async () => {
    const long = "x".repeat(501);
    const wrong: readonly (readonly [string, Promise<unknown>])[] = [
      ["title", ben.ambient.shows.create({ title: "\u200b " })],
      ["title", ben.ambient.shows.edit(showId, { title: "x".repeat(101) })],
      ["description", ben.ambient.shows.create({ title: "Fine", description: long + long })],
      ["text", dans.comments.send(" \n")],
      ["text", dans.comments.send("\u200b\u3164\u2800\u{e0041}\ufe0f")],
      ["text", dans.comments.send(long)],
      ["mentions", dans.comments.send("Hi", { mentions: [eve.uid, eve.uid] })],
      ["message", dans.stage.ask(long)],
      ["bio", dan.ambient.account.editProfile({ bio: long })],
      ["links.1", dan.ambient.account.editProfile({ links: ["https://a.example", "http://b"] })],
    ];
    for (const [path, refused] of wrong) {
      await assert.rejects(refused, (error) => {
        assert.ok(error instanceof AmbientError && error.reason === "INVALID_ARGUMENT", path);
        assert.deepEqual(
          error.details.issues?.map((issue) => issue.path),
          [path],
        );
        return true;
      });
    }
  });

  it("says why a speak request is refused", async () => {
    await bens.configure({ speakRequestsOpen: false });
    await first(eves.details, ({ settings }) => settings?.speakRequestsOpen === false);
    await assert.rejects(eves.stage.ask(), because("REQUESTS_CLOSED"));
    await bens.configure({ speakRequestsOpen: true });
    await first(eves.details, ({ settings }) => settings?.speakRequestsOpen === true);
    await eves.stage.ask();
    await bens.stage.decide(eve.uid, "reject");
    await assert.rejects(eves.stage.ask(), (error) => {
      because("REQUEST_TOO_SOON")(error);
      const seconds = error instanceof AmbientError ? error.retryAfterSeconds : undefined;
      return seconds !== undefined && seconds > 40 && seconds <= 60;
    });
  });

  it("sends, hides, pins and pages through comments", async () => {
    const rude = await eves.comments.send("something rude");
    const kind = await dans.comments.send("hello from Dan");
    await first(eves.comments.latest, (all) => all.length === 2);
    await bens.comments.hide(rude);
    await first(dans.comments.latest, (all) => all.every(({ id }) => id !== rude));
    const all = await first(bens.comments.latest, (some) => some.length === 2);
    assert.deepEqual(
      all.map(({ id, hidden }) => [id, hidden]),
      [
        [kind, false],
        [rude, true],
      ],
    );
    const [newest] = all;
    assert.ok(newest);
    assert.deepEqual(
      (await bens.comments.before(newest)).map(({ id }) => id),
      [rude],
    );
    await bens.comments.pin(kind);
    await first(eves.details, ({ pinnedCommentId }) => pinnedCommentId === kind);
    await assert.rejects(eves.comments.pin(null), because("PERMISSION_DENIED"));
  });

  it("delivers the pinned comment until it is hidden", async () => {
    const pinned = await first(eves.comments.pinned, (comment) => comment !== null);
    assert.equal(pinned?.text, "hello from Dan");
    const gone = first(eves.comments.pinned, (comment) => comment === null);
    await bens.comments.hide(pinned.id);
    await gone;
    await first(eves.details, ({ pinnedCommentId }) => pinnedCommentId === null);
    await bens.comments.unhide(pinned.id);
    await first(eves.comments.pinned, (comment) => comment === null);
    await first(eves.comments.latest, (all) => all.length === 1);
  });

  it("replies to comments, mentions people, and tells those whom a comment addresses", async () => {
    const [original] = await first(eves.comments.latest, (all) => all.length === 1);
    assert.ok(original);
    await letASecondPass(endpoints, showId, eve.uid);
    const mentions = [ben.uid];
    const id = await eves.comments.send("Hello, Dan!", { replyTo: original, mentions });
    const [reply] = await first(dans.comments.latest, (all) => all[0]?.id === id);
    assert.ok(reply);
    assert.deepEqual(reply.replyTo, { commentId: original.id, authorUid: dan.uid });
    assert.deepEqual(reply.mentions, mentions);
    assert.deepEqual(
      [dans, bens, eves].map(({ comments }) => comments.addressesMe(reply)),
      [true, true, false],
    );
    assert.equal((await dans.comments.original(reply))?.text, "hello from Dan");
    assert.equal(await dans.comments.original(original), undefined);
    // Nobody reads a hidden comment out of its replies.
    await bens.comments.hide(original.id);
    assert.equal(await bens.comments.original(reply), undefined);
    await first(eves.comments.latest, (all) => all.length === 1);
    assert.equal(await eves.comments.original(reply), undefined);
    await letASecondPass(endpoints, showId, eve.uid);
    const late = eves.comments.send("Are you there?", { replyTo: original });
    await assert.rejects(late, because("COMMENT_NOT_FOUND"));
    await bens.comments.unhide(original.id);
    await eves.comments.delete(id);
    await first(dans.comments.latest, ([newest]) => newest?.id === original.id);
  });

  it("says why a comment was refused", async () => {
    await bens.configure({ slowModeSeconds: 300 });
    await first(dans.details, ({ settings }) => settings?.slowModeSeconds === 300);
    assert.deepEqual(
      [dans, bens].map(({ details, me }) => slowModeSecondsOf(details.current, me.current)),
      [300, 1],
    );
    await assert.rejects(dans.comments.send("and another thing"), (error) => {
      because("SLOW_MODE")(error);
      return error instanceof AmbientError && (error.retryAfterSeconds ?? 0) > 250;
    });
    await bens.configure({ slowModeSeconds: 0, commentsEnabled: false });
    await first(dans.details, ({ settings }) => settings?.commentsEnabled === false);
    await assert.rejects(dans.comments.send("still here"), because("COMMENTS_CLOSED"));
    await bens.configure({ commentsEnabled: true });
  });

  it("follows a role change: a new cohost sees hidden comments, a former one does not", async () => {
    await bens.stage.setRole(dan.uid, "cohost");
    await first(dans.me, ({ invitedTo }) => invitedTo === "cohost");
    const seen: number[] = [];
    const errors: AmbientError[] = [];
    const stop = dans.comments.latest.subscribe(
      (all) => seen.push(all.length),
      (error) => errors.push(error),
    );
    assert.equal(await dans.stage.acceptInvitation(), "cohost");
    await first(dans.comments.latest, (all) => all.length === 2);
    await bens.stage.setRole(dan.uid, "listener");
    await first(dans.me, ({ role }) => role === "listener");
    await first(dans.comments.latest, (all) => all.length === 1);
    await letASecondPass(endpoints, showId, eve.uid);
    await eves.comments.send("one more");
    await first(dans.comments.latest, (all) => all.length === 2);
    stop();
    assert.deepEqual(errors, []);
    assert.deepEqual(
      seen.filter((count, index) => count !== seen[index - 1]),
      [1, 2, 1, 2],
    );
  });

  it("reads the server's digest in digest mode, while hosts always read the comments themselves", async () => {
    const gathered = {
      id: { stringValue: "one-of-many" },
      authorUid: { stringValue: eve.uid },
      author: { mapValue: { fields: { displayName: { stringValue: "Eve" }, photoUrl: none } } },
      text: { stringValue: "one of very many" },
      createdAt: { timestampValue: new Date().toISOString() },
      hidden: { booleanValue: false },
      mentions: { arrayValue: { values: [{ stringValue: dan.uid }] } },
    };
    await rewrite(endpoints, `shows/${showId}/feed/latest`, {
      comments: { arrayValue: { values: [{ mapValue: { fields: gathered } }] } },
    });
    const isGathered = (all: readonly Comment[]) =>
      all.some(({ text }) => text === "one of very many");
    for (const commentFeed of ["digest", "direct"] as const) {
      await rewrite(endpoints, `shows/${showId}`, { commentFeed: { stringValue: commentFeed } });
      await Promise.all(
        [eves, bens].map(({ details }) => first(details, (now) => now.commentFeed === commentFeed)),
      );
      const isDigest = commentFeed === "digest";
      // What Eve saw before the switch stays until its successor is here.
      const seenByEve = await first(
        eves.comments.latest,
        (all) => all.length > 0 && isGathered(all) === isDigest,
      );
      assert.equal(
        seenByEve.filter((comment) => dans.comments.addressesMe(comment)).length,
        isDigest ? 1 : 0,
      );
      assert.ok(!isGathered(await first(bens.comments.latest, (all) => all.length > 0)));
    }
  });

  it("delivers one participant, regardless of how many joined before them", async () => {
    assert.equal(await first(eves.participant("spotify_nobody"), () => true), undefined);
    const roles: (string | undefined)[] = [];
    const stop = eves.participant(dan.uid).subscribe((person) => roles.push(person?.role));
    const found = await first(eves.participant(dan.uid), () => true);
    assert.deepEqual([found?.uid, found?.state, found?.role], [dan.uid, "present", "listener"]);
    await bens.stage.setRole(dan.uid, "speaker");
    await first(eves.participant(dan.uid), (person) => person?.invitedTo === "speaker");
    await dans.stage.acceptInvitation();
    await first(eves.participant(dan.uid), (person) => person?.role === "speaker");
    await bens.stage.setRole(dan.uid, "listener");
    await first(eves.participant(dan.uid), (person) => person?.role === "listener");
    stop();
    assert.deepEqual([...new Set(roles)], ["listener", "speaker"]);
    assert.equal(roles.at(-1), "listener");
  });

  it("delivers a pinned comment again after it was hidden briefly", async () => {
    // Hold back Gus's show snapshots, so that Gus keeps seeing the pin whatever the server does.
    let isBehind = false;
    const sdk = sdkSeen((snapshot) =>
      isBehind && "id" in snapshot && snapshot.id === showId ? undefined : snapshot,
    );
    const gus = await phoneOf(endpoints, "listener-gus", sdk);
    const show = await gus.ambient.join(showId);
    const { comments } = show;
    const id = await dans.comments.send("hidden by mistake");
    await bens.comments.pin(id);
    await first(comments.pinned, (comment) => comment?.id === id);
    let wasGone = false;
    const gone = first(comments.pinned, (comment) => comment === null);
    const back = first(comments.pinned, (comment) => {
      if (comment) return wasGone;
      wasGone = true;
      return false;
    });
    isBehind = true;
    await bens.comments.hide(id);
    await gone;
    await bens.comments.unhide(id);
    await first(bens.comments.latest, (all) => all.some((one) => one.id === id && !one.hidden));
    await bens.comments.pin(id);
    isBehind = false;
    await bens.configure({ maxSpeakers: 6 });
    assert.equal((await back)?.id, id);
    await show.leave();
    await gus.close();
  });

  it("removes every listener after its subscription ends", async () => {
    const before = counting.open();
    const stops = [
      dans.comments.latest,
      dans.stage.people,
      dans.stage.request,
      dans.music.playback,
      dans.music.playlist,
      dans.participants(),
      dans.participant(ben.uid),
      dans.feed,
      dan.ambient.discover.live(),
    ].map((source: Observable<unknown>) => source.subscribe(() => undefined));
    // The lists share one more, for the people whom a block hides. The live shows also have the newest ones and the follows.
    assert.equal(counting.open(), before + stops.length + 3);
    for (const stop of [...stops, ...stops]) stop();
    assert.equal(counting.open(), before);
    const again = await dan.ambient.join(showId);
    assert.equal(counting.open(), before + 2, "the own participant, and the show");
    await again.leave();
    assert.equal(again.presence.current.kind, "gone");
    await first(dans.presence, (presence) => presence.kind === "gone");
    assert.deepEqual(dans.presence.current, { kind: "gone", reason: "LEFT" });
    assert.equal(counting.open(), before - 2, "the same person's other session closes as well");
    await assert.rejects(dans.comments.send("ghost"), because("LEFT"));
    dans = await dan.ambient.join(showId);
  });

  it("closes a show without leaving it", async () => {
    const before = counting.open();
    const closedShow = await dan.ambient.join(showId);
    const lost = ended(closedShow.comments.latest);
    closedShow.close();
    closedShow.close();
    assert.equal((await lost).reason, "CLOSED");
    assert.deepEqual(closedShow.presence.current, { kind: "gone", reason: "CLOSED" });
    assert.equal(counting.open(), before);
    await assert.rejects(closedShow.comments.send("still there?"), because("CLOSED"));
    await first(bens.participants(), (people) => people.some(({ uid }) => uid === dan.uid));
    assert.equal(dans.presence.current.kind, "present");
  });

  let line: Line;
  let onTheMove: Phone;
  let show: Show;

  it("reports nothing as absent and refuses writes while there is no network", async () => {
    line = await Line.to(endpoints.firestore);
    onTheMove = await phoneOf({ ...endpoints, firestore: line.address }, "listener-eve");
    show = await onTheMove.ambient.join(showId);
    const { account, connection, discover, follows, shows } = onTheMove.ambient;
    await account.editProfile({ bio: "On the platform" });
    await letASecondPass(endpoints, showId, onTheMove.uid);
    const gone = await show.comments.send("on the platform");
    await show.comments.delete(gone);
    const [newest] = await first(show.comments.latest, (all) => all.length > 0);
    assert.ok(newest);
    line.cut();
    const writes = Promise.all([
      assert.rejects(show.comments.send("in the tunnel"), because("OFFLINE")),
      assert.rejects(shows.create({ title: "Tunnel" }), because("OFFLINE")),
      assert.rejects(account.editProfile({ bio: "In the tunnel" }), because("OFFLINE")),
    ]);
    await first(connection, (known) => known === "offline");
    const values: unknown[] = [];
    const sources: readonly Observable<unknown>[] = [
      shows.show("no-such-show"),
      discover.upcoming(),
      follows.isFollowing(ben.uid),
    ];
    const answers = sources.map(async (source) => {
      values.push(await first(source, () => true));
    });
    await eventually("nobody listens", () =>
      Promise.resolve(connection.state.kind === "loading" || undefined),
    );
    const connectionStates: string[] = [];
    connection.subscribe((known) => connectionStates.push(known));
    // This one arrives last, because the SDK notifies its listeners in order.
    await first(shows.show(showId), (known) => known !== undefined);
    assert.deepEqual(
      connectionStates,
      [],
      "an immediate answer from the cache does not mean offline",
    );
    await first(connection, (known) => known === "offline");
    assert.equal(values.length, 0);
    await assert.rejects(show.comments.before(newest), because("OFFLINE"));
    await writes;
    line.restore();
    await first(connection, (known) => known === "online");
    await Promise.all(answers);
    assert.ok([undefined, false].every((value) => values.includes(value)));
  });

  it("sends a comment once after the network returns, and none of the refused ones", async () => {
    await letASecondPass(endpoints, showId, onTheMove.uid);
    await show.comments.send("out of the tunnel");
    const profile = ben.ambient.account.profile(onTheMove.uid);
    await first(profile, (seen) => seen?.bio === "On the platform");
    await first(onTheMove.ambient.shows.mine(), ({ items }) => items.length === 0);
    await letASecondPass(endpoints, showId, onTheMove.uid);
    line.loseAnswers();
    const unanswered = show.comments.send("at the station");
    const latest = bens.comments.latest;
    await first(latest, ([newest]) => newest?.text === "at the station");
    line.cut();
    line.restore();
    const commentId = await unanswered;
    const [newest, before] = await first(latest, (all) => all.length > 1);
    assert.equal(newest?.id, commentId);
    assert.equal(before?.text, "out of the tunnel");
    await onTheMove.close();
    line.close();
  });

  it("ends all subscriptions at once when the participant is removed", async () => {
    const { comments, music, stage } = eves;
    const followed = [
      comments.latest,
      comments.pinned,
      eves.participant(ben.uid),
      music.playback,
      stage.people,
    ];
    const lost = followed.map((source: Observable<unknown>) => ended(source));
    await bens.moderation.remove(eve.uid, { ban: true });
    for (const error of await Promise.all(lost)) assert.equal(error.reason, "REMOVED");
    assert.deepEqual(eves.presence.current, { kind: "gone", reason: "REMOVED" });
    assert.equal((await ended(eves.comments.latest)).reason, "REMOVED");
    await first(dans.participant(eve.uid), (person) => person?.state === "removed");
    await assert.rejects(eves.comments.send("hey"), because("REMOVED"));
    await assert.rejects(eve.ambient.join(showId), because("BANNED"));
    const [ban] = await first(bens.moderation.bans(), (bans) => bans.length === 1);
    assert.deepEqual([ban?.uid, ban?.by], [eve.uid, ben.uid]);
    assert.equal((await ended(dans.moderation.bans())).reason, "PERMISSION_DENIED");
    await bens.moderation.unban(eve.uid);
    await first(bens.moderation.bans(), (bans) => bans.length === 0);
    assert.equal((await eve.ambient.join(showId)).me.current.role, "listener");
  });

  it("ends the show: everyone is told, and those present can still read", async () => {
    await assert.rejects(dans.end(), because("NOT_HOST"));
    const summary = await bens.end();
    const presence = await first(dans.presence, ({ kind }) => kind === "over");
    assert.deepEqual(presence, { kind: "over", endReason: "ended_by_host" });
    assert.deepEqual(await first(bens.summary, (found) => found !== undefined), summary);
    bens.close();
    const later = await first(ben.ambient.shows.summary(showId), (found) => found !== undefined);
    assert.deepEqual(later, summary);
    assert.equal((await ended(dan.ambient.shows.summary(showId))).reason, "PERMISSION_DENIED");
    await first(dans.comments.latest, (all) => all.length > 0);
    const past = dan.ambient.creator(ben.uid).past();
    await first(past, ({ items }) => items.some(({ id }) => id === showId));
    await assert.rejects(dans.comments.send("encore!"), because("SHOW_NOT_LIVE"));
  });

  it("signs out: every subscription ends and the cache is cleared", async () => {
    const lost = [dans.comments.latest, dan.ambient.discover.live()].map(
      (source: Observable<unknown>) => ended(source),
    );
    await dan.ambient.account.signOut();
    for (const error of await Promise.all(lost)) assert.equal(error.reason, "SIGNED_OUT");
    assert.deepEqual(dans.presence.current, { kind: "gone", reason: "SIGNED_OUT" });
    assert.equal(counting.open(), 0);
    assert.equal((await ended(dan.ambient.account.details)).reason, "SIGNED_OUT");
    await assert.rejects(dan.ambient.join(showId), because("UNAUTHENTICATED"));
  });
}).timeout(90_000);
