import assert from "node:assert/strict";
import { startOwnSpotify } from "../support/ownSpotify.js";
import { startOwnStripe } from "../support/ownStripe.js";
import { cellsOf } from "./cellsOf.js";
import { faults, titleOf } from "./faults.js";
import type { Operation } from "./operation.js";
import { operations } from "./operations.js";
import { openWorld, type Servers, type World } from "./world.js";

/** A sample of `npm run test:faults`. */
describe("faults", () => {
  let servers: Servers;
  let world: World;
  before(async () => {
    servers = { spotify: await startOwnSpotify(), stripe: await startOwnStripe() };
    world = openWorld(servers);
  });
  after(() => Promise.all([world.close(), servers.spotify.close(), servers.stripe.close()]));

  const operation = (name: string): Operation => {
    const found = operations.find((each) => each.name === name);
    assert.ok(found, name);
    return found;
  };
  const named = (...titles: string[]) => faults.filter((fault) => titles.includes(titleOf(fault)));

  it("silences a demoted speaker within a minute, even if killed at any step or without LiveKit", async () => {
    const chosen = named(
      "The function: is killed before each of its requests",
      "Firestore: commits, and each answer is lost",
      "LiveKit: is down",
    );
    const cells = await cellsOf(world, operation("demote"), chosen);
    assert.deepEqual(
      cells.map(({ outcomes, minutesToHeal, broken }) => ({ outcomes, minutesToHeal, broken })),
      [
        { outcomes: ["no answer"], minutesToHeal: 1, broken: [] },
        { outcomes: ["ok"], minutesToHeal: 0, broken: [] },
        { outcomes: ["ok"], minutesToHeal: 1, broken: [] },
      ],
    );
  });

  it("reports an effect that is lost", async () => {
    const pause = { ...operation("pause a track"), losses: [] };
    const lost = named("Triggers and webhooks: triggers are lost");
    const [cell] = await cellsOf(world, pause, lost);
    assert.equal(cell?.minutesToHeal, null);
    assert.match(cell.broken.join(), /timeline/);
  });
});
