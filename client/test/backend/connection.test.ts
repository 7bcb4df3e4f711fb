import assert from "node:assert/strict";
import { connectionBy, type Connection } from "../../src/backend/connection.js";
import { Observed } from "../../src/observe/observable.js";
import { createSource } from "../../src/observe/source.js";
import { SimulatedDevice, SimulatedTime } from "../support/simulatedTime.js";

function scene() {
  const time = new SimulatedTime();
  const network = new Observed(true);
  const snapshots = new Observed<boolean | undefined>(undefined);
  const isFromCache = createSource<boolean>((next) =>
    snapshots.subscribe((fromCache) => {
      if (fromCache !== undefined) next(fromCache);
    }),
  );
  const connectivity = {
    isOnline: () => network.current,
    subscribe: (listener: () => void) => network.subscribe(listener),
  };
  const known: Connection[] = [];
  connectionBy(isFromCache, connectivity, new SimulatedDevice(time)).subscribe(
    (connection) => known.push(connection),
    assert.ifError,
  );
  return { time, network, snapshots, known };
}

describe("the connection", () => {
  it("is judged by where snapshots come from, and the server has three seconds to answer", async () => {
    const { time, snapshots, known } = scene();
    snapshots.set(true);
    await time.passes(2_900);
    assert.deepEqual(known, []);
    await time.passes(200);
    assert.deepEqual(known, ["offline"]);
    snapshots.set(false);
    snapshots.set(true);
    assert.deepEqual(known, ["offline", "online", "offline"]);
  });

  it("is offline as soon as the device loses its network", () => {
    const { network, snapshots, known } = scene();
    snapshots.set(false);
    network.set(false);
    assert.deepEqual(known, ["online", "offline"]);
  });

  it("is offline at once if the device had no network from the start", () => {
    const { network, snapshots, known } = scene();
    network.set(false);
    snapshots.set(true);
    assert.deepEqual(known, ["offline"]);
  });

  it("is online again with the network after a gap that the server's listener did not notice", () => {
    const { network, snapshots, known } = scene();
    snapshots.set(false);
    network.set(false);
    network.set(true);
    assert.deepEqual(known, ["online", "offline", "online"]);
  });

  it("waits for the server's listener after a longer gap", () => {
    const { network, snapshots, known } = scene();
    snapshots.set(false);
    network.set(false);
    snapshots.set(true);
    network.set(true);
    assert.deepEqual(known, ["online", "offline"]);
    snapshots.set(false);
    assert.deepEqual(known, ["online", "offline", "online"]);
  });

  it("is online if the server answers, whatever the device thinks of its network", () => {
    const { network, snapshots, known } = scene();
    network.set(false);
    snapshots.set(false);
    assert.equal(known.at(-1), "online");
  });
});
