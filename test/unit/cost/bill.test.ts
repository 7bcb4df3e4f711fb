import assert from "node:assert/strict";
import { audioQuantities, fitsOneNode, machineVcpus } from "../../../bench/cost/audio.js";
import { dollarsOf } from "../../../bench/cost/bill.js";
import { ambient } from "../../../bench/cost/designs.js";
import { sizeOf } from "../../../bench/cost/functions.js";
import { busyInstances } from "../../../bench/cost/instances.js";
import { readPrices, type Prices } from "../../../bench/cost/prices.js";
import { usageOf } from "../../../bench/cost/usage.js";
import { only, still } from "./support.js";

const near = (actual: number, expected: number) => {
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual}, not ${expected}`);
};

describe("dollarsOf", () => {
  let prices: Prices;
  before(async () => {
    prices = await readPrices();
  });

  it("multiplies each quantity by its price and adds up related items", () => {
    const { firestore, functions, audio, total } = dollarsOf(
      {
        firestoreReads: 1_000_000, // $0.30
        firestoreWrites: 1_000_000, // $0.90
        firestoreDeletes: 1_000_000, // $0.10
        firestoreEgressBytes: 10 * 2 ** 30, // $1.20
        functionCalls: 1_000_000, // $0.40
        functionVcpuSeconds: 10_000, // $0.24
        functionGibSeconds: 100_000, // $0.25
        taskOperations: 500_000, // $0.20
        livekitCloudMinutes: 60_000, // $30.00
        livekitCloudEgressBytes: 10e9, // $1.20
      },
      prices,
    );
    near(firestore, 2.5);
    near(functions, 1.09);
    near(audio, 31.2);
    near(total, 34.79);
  });

  it("costs nothing without any use", () => {
    assert.deepEqual(dollarsOf({}, prices), { firestore: 0, functions: 0, audio: 0, total: 0 });
  });
});

describe("audioQuantities", () => {
  const c = only({ "audio.listenersPerCore": 187.5, "audio.bytesPerListenerSecond": 1_000 });
  const show = still({ listeners: 3_000, minutes: 30 });
  const usage = usageOf(show, ambient, c);

  it("charges the cloud by minutes and traffic", () => {
    assert.deepEqual(audioQuantities("cloud", show, usage, c), {
      livekitCloudMinutes: 90_000,
      livekitCloudEgressBytes: 5.4e9,
    });
  });

  it("charges self-hosted machines by hours and traffic", () => {
    assert.deepEqual(audioQuantities("selfHosted", show, usage, c), {
      machineVcpuHours: 8,
      machineEgressBytes: 5.4e9,
    });
  });

  it("adds machines in steps of four vCPUs, with a minimum of four", () => {
    const sizes = [1, 750, 751, 3_000, 10_000];
    assert.deepEqual(
      sizes.map((listeners) => machineVcpus(listeners, c)),
      [4, 4, 8, 16, 56],
    );
  });

  it("knows the measured capacity of one node", () => {
    assert.ok(fitsOneNode(3_000, c));
    assert.ok(!fitsOneNode(3_001, c));
  });
});

describe("the size of an instance", () => {
  it("is the one that the function is deployed with", () => {
    assert.deepEqual(sizeOf("serverTime"), { vcpus: 1, memoryGib: 0.25, concurrency: 500 });
    assert.deepEqual(sizeOf("joinShow"), { vcpus: 1, memoryGib: 0.5, concurrency: 80 });
    assert.equal(sizeOf("sweepShow").concurrency, 1);
  });
});

describe("busyInstances", () => {
  const work = { callsPerSecond: 0, wallMs: 40, cpuMs: 5, concurrency: 80 };

  it("bills rare calls 100 ms each", () => {
    const instances = busyInstances({ ...work, callsPerSecond: 0.001 });
    assert.ok(Math.abs(instances - 0.0001) < 1e-6, String(instances));
  });

  it("lets overlapping calls share an instance", () => {
    const instances = busyInstances({ ...work, callsPerSecond: 100 });
    assert.ok(instances > 0.99 && instances <= 1, String(instances));
  });

  it("adds instances when the CPU is used up", () => {
    near(busyInstances({ ...work, callsPerSecond: 1_000 }), 5);
  });

  it("adds instances when long waits use up the concurrency", () => {
    near(busyInstances({ ...work, callsPerSecond: 1_000, wallMs: 800 }), 10);
  });

  it("needs no instance without calls", () => {
    assert.equal(busyInstances(work), 0);
  });
});
