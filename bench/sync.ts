import type { DifferenceCounter } from "./samples.js";
import { network } from "./sync/network.js";
import { overTheSdk, overTheWebApi, type PlayerModel } from "./sync/player.js";
import { runShow, setup, type SyncResult } from "./sync/run.js";

/**
 * How far apart the phones of one show are, in simulated time, which makes every run identical.
 * `ambient` is the position that each phone computes, compared with two baselines: trusting the
 * device's own time, and relaying the host's position. Below is what the phones' players make of
 * it, for two kinds of players. Prints tables, and in the last line the usual network's results as
 * JSON, in ms.
 */
const usual = await runShow(overTheSdk, 0.6);
const usualWebApi = await runShow(overTheWebApi, 0.6);
const skewed = await runShow(overTheSdk, 0.9);

const { phones, minutes, lastJoinMinute, relayedEveryMs, observedEveryMs } = setup;
console.log(
  `${phones} phones, half of them joining until minute ${lastJoinMinute} of ${minutes}; wall clocks off by up to ±1 day, drift up to ±100 ppm`,
);
console.log(
  `one way: log-normal, median ${network.medianOneWayMs} ms, p95 ${network.p95OneWayMs} ms; each message more: exponential, mean ${network.meanJitterMs} ms, and in ${100 * network.spikeShare} % up to ${network.longestSpikeMs} ms`,
);
console.log(`hosts: ${[...usual.acts].map(([act, times]) => `${times} × ${act}`).join(", ")}`);
console.log(
  `relayed: the host's position every ${relayedEveryMs / 1000} s and at each act, taken as it comes`,
);
console.log(
  `spread: of all pairs of phones, every ${observedEveryMs / 1000} s of music, from each one's first position on`,
);

for (const [title, result] of [
  ["asymmetry up to 60:40", usual],
  ["asymmetry up to 90:10, which no protocol can see", skewed],
] as const) {
  console.log(`\n${title} (ms)`);
  console.table({
    ambient: spread(result.computed),
    deviceClocks: spread(result.deviceClocks),
    relayed: spread(result.relayed),
  });
  console.log(`within the stated bound: ${result.withinBound}`);
}

console.log("\nwhat is heard (ms), asymmetry up to 60:40");
console.table({
  ...heardRows(overTheSdk, usual),
  ...heardRows(overTheWebApi, usualWebApi),
});
for (const model of [overTheSdk, overTheWebApi]) console.log(`${model.name}: ${wordsFor(model)}`);

console.log(
  JSON.stringify({
    ambient: spread(usual.computed),
    deviceClocks: spread(usual.deviceClocks),
    relayed: spread(usual.relayed),
    seeksPerMinute: Math.max(usual.mostSeeksInAMinute, usualWebApi.mostSeeksInAMinute),
    withinBound: usual.withinBound,
  }),
);

function spread(counter: DifferenceCounter) {
  const rounded = (share: number) => Math.round(counter.percentile(share) * 10) / 10;
  return { p50: rounded(0.5), p95: rounded(0.95), p99: rounded(0.99) };
}

function heardRows({ name }: PlayerModel, result: SyncResult) {
  const seeks = {
    "most seeks in a minute": result.mostSeeksInAMinute,
    "seeks an hour": Math.round(result.seeksPerPhoneHour * 10) / 10,
    "told twice": result.givenAgain,
    "silent %": Math.round(result.silentShare * 1_000) / 10,
  };
  return {
    [name]: { ...spread(result.heard), ...seeks },
    [`${name}, 6 s after an act`]: spread(result.heardAtRest),
  };
}

function wordsFor(model: PlayerModel): string {
  const range = ([from, to]: readonly [number, number]) => `${from}-${to} ms`;
  return [
    `play takes the network and ${range(model.playLatencyMs)}`,
    `seek ${model.isRemote ? "the network and " : ""}${range(model.seekLatencyMs)}`,
    `each command ± ${model.scatterMs} ms, each report ± ${model.reportScatterMs} ms`,
    `a report every ${model.reportEveryMs / 1000} s${model.isRemote ? " over the network" : ""}`,
    `up to ${model.gapMs} ms between tracks`,
  ].join("; ");
}
