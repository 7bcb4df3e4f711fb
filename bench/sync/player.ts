import type { LocalClock } from "../../client/src/clock/localClock.js";
import { SimulatedPlayer } from "../../client/test/support/simulatedPlayer.js";
import type { SimulatedTime } from "../../client/test/support/simulatedTime.js";
import type { PhoneNetwork } from "./network.js";
import type { Chance } from "./random.js";

/**
 * The behaviour of a kind of player. No such numbers are published, so these are cautious guesses.
 * Each phone has its own latencies within the ranges, and each command or report deviates by the
 * scatter (a standard deviation).
 */
export interface PlayerModel {
  readonly name: string;
  /** In addition to the way to Spotify and back to the phone. */
  readonly playLatencyMs: readonly [number, number];
  readonly seekLatencyMs: readonly [number, number];
  readonly scatterMs: number;
  readonly reportScatterMs: number;
  readonly reportEveryMs: number;
  readonly settlingMs: number;
  /** What an adapter expects of such players. */
  readonly typicalLatencyMs: { readonly play: number; readonly seek: number };
  /** Whether seeks and reports also use the network. */
  readonly isRemote: boolean;
  /** The maximum silence between two tracks. */
  readonly gapMs: number;
}

export const overTheSdk: PlayerModel = {
  name: "SDK on the phone",
  playLatencyMs: [100, 600],
  seekLatencyMs: [20, 120],
  scatterMs: 10,
  reportScatterMs: 10,
  reportEveryMs: 5_000,
  settlingMs: 1_000,
  typicalLatencyMs: { play: 500, seek: 80 },
  isRemote: false,
  gapMs: 20,
};

export const overTheWebApi: PlayerModel = {
  name: "Web API",
  playLatencyMs: [100, 600],
  seekLatencyMs: [50, 300],
  scatterMs: 20,
  reportScatterMs: 20,
  reportEveryMs: 60_000,
  settlingMs: 2_500,
  typicalLatencyMs: { play: 500, seek: 300 },
  isRemote: true,
  gapMs: 20,
};

/** A phone's Spotify player with this behaviour. */
export function playerLike(
  model: PlayerModel,
  time: SimulatedTime,
  chance: Chance,
  phone: { local: LocalClock; network: PhoneNetwork; driftPpm: number },
  lengthOf: (uri: string) => number,
): SimulatedPlayer {
  const latencies = {
    play: chance.between(...model.playLatencyMs),
    seek: chance.between(...model.seekLatencyMs),
  };
  const { network } = phone;
  return new SimulatedPlayer(time, phone.local, lengthOf, {
    reportEveryMs: model.reportEveryMs,
    settlingMs: model.settlingMs,
    typicalLatencyMs: model.typicalLatencyMs,
    latencyMs: (kind) => {
      const isFar = kind === "play" || model.isRemote;
      const wayMs = isFar ? network.upMs() + network.downMs() : 0;
      const usualMs = latencies[kind === "play" ? "play" : "seek"];
      return wayMs + Math.max(20, usualMs + chance.normal(model.scatterMs));
    },
    wayMs: (way) => {
      if (!model.isRemote) return 0;
      return way === "there" ? network.upMs() : network.downMs();
    },
    reportErrorMs: () => chance.normal(model.reportScatterMs),
    gapMs: () => chance.between(0, model.gapMs),
    // The sound follows the device's own crystal.
    rate: 1 + phone.driftPpm / 1e6,
  });
}
