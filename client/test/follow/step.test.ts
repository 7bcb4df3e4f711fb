import assert from "node:assert/strict";
import fc from "fast-check";
import type { SpotifyFailureReason } from "../../src/spotify/spotifyFailure.js";
import { FollowerWorld, type Sent } from "../support/followerWorld.js";

const MINUTE = 60_000;
const SONG = 180_000;

const failures: SpotifyFailureReason[] = [
  "noDevice",
  "notPremium",
  "restricted",
  "appMissing",
  "relinkRequired",
  "rateLimited",
  "quotaExceeded",
  "unavailable",
];
type Act = (world: FollowerWorld) => void;

/** `name` is how a counterexample shows it. */
const act = <Value>(
  name: string,
  values: fc.Arbitrary<Value>,
  run: (world: FollowerWorld, value: Value) => void,
) =>
  values.map((value): Act => {
    const happen: Act = (world) => {
      run(world, value);
    };
    return Object.assign(happen, { [fc.toStringMethod]: () => `${name} ${JSON.stringify(value)}` });
  });

const evening = fc.array(
  fc.oneof(
    act("plays", fc.tuple(fc.nat(19), fc.nat(SONG)), (world, [index, positionMs]) => {
      world.plays(index, positionMs);
    }),
    act("edits", fc.constantFrom(undefined, "playback", "playlist"), (world, only) => {
      world.edits(only);
    }),
    act("pauses", fc.nat(SONG), (world, positionMs) => {
      world.tells({ paused: true, positionMs });
    }),
    act("talks", fc.constant(""), (world) => {
      world.talks();
    }),
    act("passes", fc.oneof(fc.nat(3_000), fc.nat(3 * MINUTE)), (world, ms) => {
      world.passes(ms);
    }),
    act("answers", fc.nat(2), (world, index) => {
      world.answers(index);
    }),
    act("ahead by", fc.integer({ min: -3_000, max: 3_000 }), (world, leadMs) => {
      world.answers(0, undefined, { positionMs: Math.max(0, world.report().positionMs + leadMs) });
    }),
    act("reports", fc.constantFrom(null, { paused: true }, { trackUri: "X" }), (world, seen) => {
      world.answers(0, undefined, seen);
    }),
    act("fails", fc.tuple(fc.nat(2), fc.constantFrom(...failures)), (world, [index, failure]) => {
      world.answers(index, failure);
    }),
    act("happens", fc.constantFrom("resumed", "refreshed", "playerChanged"), (world, kind) => {
      world.happens({ kind });
    }),
    act("clock is known", fc.boolean(), (world, isKnown) => {
      world.clockBecomes(isKnown);
    }),
  ),
  { maxLength: 60 },
);

const isCommand = ({ kind }: Sent) => kind === "play" || kind === "seek";

/** What must hold for each command, whatever happened before. */
function checkCommand(command: Sent, world: FollowerWorld): void {
  const { pending, sent, state, now } = world;
  const isPending = (kinds: readonly string[]) => pending.some(({ kind }) => kinds.includes(kind));
  if (isCommand(command)) {
    assert.ok(!isPending(["play", "seek", "pause"]), `${command.kind} overtakes another command`);
    assert.equal(world.moment()?.kind, "playing", `${command.kind} while the show is silent`);
  }
  if (command.kind === "pause")
    assert.ok(!isPending(["pause"]), "a pause before the last one was answered");
  if (command.kind === "report")
    assert.ok(!isPending(["report", "play", "seek", "pause"]), "a report that would be outdated");
  if (state.phase !== "following") assert.equal(command.kind, "pause", "a command after leaving");
  assert.notEqual(state.phase, "released", "a command after release");
  if ("because" in command && command.because === "drift") {
    const last = sent.findLast((each) => "because" in each && each.because === "drift");
    assert.ok(!last || now - last.at >= 61_000, "a correction too soon");
  }
}

/** The seed is fixed, so that a failure belongs to the change that caused it. */
const settings = { numRuns: 400, seed: 20261124 };

describe("a follower, in any order of events", () => {
  const alwaysHolds = (then: (world: FollowerWorld) => void) => {
    fc.assert(
      fc.property(evening, (events) => {
        const world = new FollowerWorld(checkCommand);
        for (const happen of events) happen(world);
        then(world);
      }),
      settings,
    );
  };

  it("plays in step within a few commands once the player obeys", () => {
    alwaysHolds((world) => {
      world.clockBecomes(true);
      const before = world.sent.length;
      world.plays(3, 0);
      world.settles(16 * MINUTE);
      world.happens({ kind: "resumed" });
      world.settles(10 * MINUTE);
      const moment = world.moment();
      assert.equal(moment?.kind, "playing");
      const heard = world.heard();
      assert.equal(heard?.trackUri, moment.trackUri);
      assert.ok(
        Math.abs(heard.positionMs - moment.positionMs) <= 30,
        `${heard.positionMs - moment.positionMs}`,
      );
      assert.ok(world.sent.slice(before).filter(isCommand).length <= 6);
    });
  });

  it("corrects a player at most once a minute, whatever it reports", () => {
    const leads = fc.array(fc.integer({ min: -3_000, max: 3_000 }), { size: "large" });
    fc.assert(
      fc.property(evening, leads, (events, reported) => {
        const world = new FollowerWorld(checkCommand);
        for (const happen of events) happen(world);
        world.plays(1, 0);
        for (const leadMs of reported) {
          const { positionMs } = world.report();
          world.answers(0, undefined, { positionMs: Math.max(0, positionMs + leadMs) });
          world.passes(1_500);
        }
      }),
      settings,
    );
  });

  it("is silent in talk, and asks for no wake-up once it is", () => {
    alwaysHolds((world) => {
      world.talks();
      world.settles(2 * MINUTE);
      assert.equal(world.heard(), undefined);
      // A look that failed is repeated once Spotify's limit has ended.
      assert.ok([Infinity, world.state.lookAt].includes(world.wakeAt));
      world.settles(15 * MINUTE);
      assert.equal(world.wakeAt, Infinity);
      const { length } = world.sent;
      world.settles(60 * MINUTE);
      assert.equal(world.sent.length, length);
    });
  });

  it("is silent after leaving, and then does nothing", () => {
    alwaysHolds((world) => {
      world.happens({ kind: "closed" });
      world.settles(MINUTE);
      assert.equal(world.heard(), undefined);
      for (const kind of ["resumed", "refreshed", "playerChanged"] as const)
        world.happens({ kind });
      world.plays(1, 0);
      assert.deepEqual([world.pending, world.wakeAt], [[], Infinity]);
    });
  });

  it("sends nothing after release", () => {
    alwaysHolds((world) => {
      world.happens({ kind: "released" });
      const { length } = world.sent;
      world.plays(1, 0);
      while (world.pending.length > 0) world.answers(0);
      world.settles(60 * MINUTE);
      assert.equal(world.sent.length, length);
    });
  });
});
