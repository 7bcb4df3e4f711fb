import type { DifferenceCounter } from "./samples.js";
import type { PlayerModel } from "./syncPlayer.js";
import { runShow } from "./syncRun.js";

const model: PlayerModel = {
  name: "sdk",
  playLatencyMs: [200, 800],
  seekLatencyMs: [50, 250],
  playScatterMs: Number(process.env.PS ?? 30),
  seekScatterMs: Number(process.env.SS ?? 10),
  reportScatterMs: Number(process.env.RS ?? 10),
  reportEveryMs: 5_000,
  isRemote: false,
  gapMs: Number(process.env.GAP ?? 40),
};
const at = (d: DifferenceCounter) =>
  [0.5, 0.95, 0.99].map((s) => d.percentile(s).toFixed(1)).join("./ ");
for (const share of [0.6]) {
  const began = Date.now();
  const r = await runShow(model, share);
  console.log(share, (Date.now() - began) / 1000, {
    heard: at(r.heard),
    computed: at(r.computed),
    device: at(r.deviceClocks),
    relayed: at(r.relayed),
    most: r.mostSeeksInAMinute,
    perHour: r.correctionsPerPhoneHour,
    within: r.withinBound,
    silent: r.silentShare,
    ...r.acts,
  });
}
