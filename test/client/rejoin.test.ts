import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { FirebaseError } from "firebase/app";
import type { AmbientError } from "../../client/src/errors/ambientError.js";
import type { Observable } from "../../client/src/observe/observable.js";
import { deviceClock } from "../../client/src/clock/localClock.js";
import { firebaseJs } from "../../client/src/sdk/firebaseJs.js";
import type { FirebaseSdk } from "../../client/src/sdk/firebaseSdk.js";
import type { Show } from "../../client/src/show/show.js";
import { phoneOf, type Phone } from "../../local/clientApp/ambient.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { letASecondPass, rewrite } from "../support/adminSide.js";
import { because } from "../support/refusal.js";
import { first } from "../support/subscribed.js";
import { runningSuite } from "../support/suite.js";

/** The JS SDK, whose joinShow calls fail while `isCut` is true. */
function sdkWithoutJoins() {
  const state = { isCut: false, refused: 0 };
  const refusals = new EventEmitter();
  const sdk: FirebaseSdk = {
    ...firebaseJs,
    functions: {
      // As in FunctionsSdk.
      // oxlint-disable-next-line typescript/no-unnecessary-type-parameters
      httpsCallable<Request, Response>(
        ...[functions, name, options]: Parameters<typeof firebaseJs.functions.httpsCallable>
      ) {
        const call = firebaseJs.functions.httpsCallable<Request, Response>(
          functions,
          name,
          options,
        );
        return async (request: Request) => {
          if (name === "joinShow" && state.isCut) {
            state.refused += 1;
            refusals.emit("refused");
            throw new FirebaseError("functions/unavailable", "no way there");
          }
          return call(request);
        };
      },
    },
  };
  /** Resolves at the client's next automatic attempt to rejoin. */
  const refusedAgain = () => once(refusals, "refused");
  return { sdk, state, refusedAgain };
}

/** How the client package behaves for a participant whom the server marked `lost`. */
describe("the client package, after a long network loss,", () => {
  const joins = sdkWithoutJoins();
  let endpoints: Endpoints;
  let ben: Phone;
  let dan: Phone;
  let eve: Phone;
  let showId: string;
  let bens: Show;
  let dans: Show;
  let eves: Show;

  const isLost = (uid: string) =>
    rewrite(endpoints, `shows/${showId}/participants/${uid}`, {
      state: { stringValue: "lost" },
      canPublish: { booleanValue: false },
      leftAt: { timestampValue: new Date().toISOString() },
    });

  before(async () => {
    endpoints = await runningSuite();
    [ben, dan, eve] = await Promise.all([
      phoneOf(endpoints, "creator-ben"),
      phoneOf(endpoints, "listener-dan", joins.sdk),
      // Chance lets Eve come back at once.
      phoneOf(endpoints, "listener-eve", firebaseJs, { ...deviceClock, random: () => 0 }),
    ]);
    showId = await ben.ambient.shows.create({ title: "Tunnel" });
    bens = await ben.ambient.start(showId);
    [dans, eves] = await Promise.all([dan.ambient.join(showId), eve.ambient.join(showId)]);
  });
  after(() => Promise.all([ben, dan, eve].map((phone) => phone.close())));

  it("rejoins by itself with role, subscriptions and missed comments, without showing an empty state", async () => {
    await dans.stage.ask();
    await bens.stage.decide(dans.uid, "accept");
    await first(dans.me, ({ role }) => role === "speaker");
    await bens.comments.send("before the tunnel");
    const kinds: string[] = [];
    const errors: AmbientError[] = [];
    const follow = <Value>(source: Observable<Value>, hear: (value: Value) => void) =>
      source.subscribe(hear, (error) => errors.push(error));
    const lengths: number[] = [];
    const people: number[] = [];
    follow(dans.presence, ({ kind }) => kinds.push(kind));
    follow(dans.comments.latest, (all) => lengths.push(all.length));
    follow(dans.stage.people, (all) => people.push(all.length));
    follow(dans.feed, () => undefined);
    follow(dans.music.playback, () => undefined);
    follow(dans.participant(eves.uid), () => undefined);
    await first(dans.comments.latest, (all) => all.length === 1);
    joins.state.isCut = true;
    await isLost(dans.uid);
    await first(dans.presence, ({ kind }) => kind === "away");
    await assert.rejects(dans.comments.send("in the tunnel"), because("AWAY"));
    assert.equal(dans.reactions.send("clap"), "unavailable");
    await letASecondPass(endpoints, showId, bens.uid);
    await bens.comments.send("while Dan was away");
    await first(bens.comments.latest, (all) => all.length === 2);
    await joins.refusedAgain();
    joins.state.isCut = false;
    await first(dans.presence, ({ kind }) => kind === "present");
    assert.equal(dans.me.current.role, "speaker");
    await first(dans.comments.latest, (all) => all.length === 2);
    await first(dans.stage.people, (all) => all.length === 2);
    await letASecondPass(endpoints, showId, bens.uid);
    await bens.comments.send("after the tunnel");
    await first(dans.comments.latest, (all) => all.length === 3);
    await dans.comments.send("back again");
    await first(dans.comments.latest, (all) => all.length === 4);
    assert.deepEqual(errors, []);
    assert.deepEqual(kinds, ["present", "away", "present"]);
    assert.ok(!lengths.includes(0) && !people.includes(0), `${lengths.join()} ${people.join()}`);
  });

  it("counts each person's reactions once, also across devices", async () => {
    for (const person of [dans, dans, eves, eves, eves]) {
      assert.equal(person.reactions.send("clap"), "counted");
    }
    for (const person of [bens, dans, eves]) {
      const totals = await first(person.reactions.totals, ({ clap }) => clap >= 5);
      assert.equal(totals.clap, 5);
    }
    const again = await eve.ambient.join(showId);
    again.reactions.send("heart");
    const totals = await first(bens.reactions.totals, ({ heart }) => heart > 0);
    assert.deepEqual([totals.clap, totals.heart], [5, 1]);
    again.close();
  });

  it("reports that the participant is gone when the server refuses the rejoin", async () => {
    await rewrite(endpoints, `shows/${showId}/bans/${eves.uid}`, {
      uid: { stringValue: eves.uid },
      by: { stringValue: bens.uid },
      at: { timestampValue: new Date().toISOString() },
    });
    await isLost(eves.uid);
    const gone = await first(eves.presence, ({ kind }) => kind === "gone");
    assert.deepEqual(gone, { kind: "gone", reason: "BANNED" });
  });

  it("lets a participant leave during the attempts to rejoin", async () => {
    joins.state.isCut = true;
    await isLost(dans.uid);
    await first(dans.presence, ({ kind }) => kind === "away");
    await joins.refusedAgain();
    // Resolves once no more attempts will follow.
    await dans.leave();
    assert.deepEqual(dans.presence.current, { kind: "gone", reason: "LEFT" });
    const { refused } = joins.state;
    await bens.end();
    await first(bens.presence, ({ kind }) => kind === "over");
    assert.equal(joins.state.refused, refused);
  });
}).timeout(60_000);
