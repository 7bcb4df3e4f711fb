import { SimulatedTime } from "../../client/test/support/simulatedTime.js";
import type { PlaybackMoment } from "../../functions/src/contract/playbackAt.js";
import { DifferenceCounter } from "../samples.js";
import { PhoneNetwork } from "./network.js";
import { type PlaceInMusic, SimulatedPhone } from "./phone.js";
import type { PlayerModel } from "./player.js";
import { Chance } from "./random.js";
import { SimulatedShow } from "./show.js";

export const setup = {
  phones: 200,
  minutes: 30,
  /** Half of the phones join at the start, the others until this minute. */
  lastJoinMinute: 25,
  observedEveryMs: 2_000,
  relayedEveryMs: 5_000,
  seed: 6,
} as const;

export interface SyncResult {
  /** The positions that the phones compute, for comparison with the baselines. */
  readonly computed: DifferenceCounter;
  readonly deviceClocks: DifferenceCounter;
  readonly relayed: DifferenceCounter;
  /** The positions of the players that are heard. */
  readonly heard: DifferenceCounter;
  /** The same without the seconds after a host's action, in which players still move. */
  readonly heardAtRest: DifferenceCounter;
  /** The share of players that are silent while the music plays. */
  readonly silentShare: number;
  /** The most seeks by a phone itself within any minute. */
  readonly mostSeeksInAMinute: number;
  readonly seeksPerPhoneHour: number;
  /** The number of repeated commands on all phones. */
  readonly givenAgain: number;
  /** The share of clock samples within the clock's own error bound. */
  readonly withinBound: number;
  readonly acts: ReadonlyMap<string, number>;
}

const START = Date.UTC(2026, 10, 24, 20);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const AT_REST_MS = 6_000;

/** Runs half an hour of a show in simulated time. */
export async function runShow(model: PlayerModel, largestShare: number): Promise<SyncResult> {
  const time = new SimulatedTime(START);
  const until = START + setup.minutes * MINUTE_MS;
  const show = new SimulatedShow(time, new Chance(setup.seed));
  const phones = joinOneByOne(time, show, model, largestShare);
  relayThroughTheHost(time, show, phones, largestShare, until);
  const observed = observe(time, show, phones, until);
  show.direct(until);
  await time.runTo(until);

  const seeks = phones.map(({ commands }) =>
    commands.filter(({ because }) => because === "drift").map(({ at }) => at),
  );
  const again = phones.flatMap(({ commands }) =>
    commands.filter(({ because }) => because === "lost"),
  );
  const { looks } = observed;
  return {
    ...observed.counters,
    silentShare: looks.silent / looks.phones,
    mostSeeksInAMinute: Math.max(...seeks.map(mostInAMinute)),
    seeksPerPhoneHour: seeks.flat().length / ((looks.clock * setup.observedEveryMs) / HOUR_MS),
    givenAgain: again.length,
    withinBound: looks.withinBound / looks.clock,
    acts: show.acts,
  };
}

function joinOneByOne(
  time: SimulatedTime,
  show: SimulatedShow,
  model: PlayerModel,
  largestShare: number,
): readonly SimulatedPhone[] {
  const chance = new Chance(setup.seed + 1);
  const phones: SimulatedPhone[] = [];
  for (let count = 0; count < setup.phones; count += 1) {
    const latest = count % 2 === 0 ? 5_000 : setup.lastJoinMinute * MINUTE_MS;
    const own = new Chance(setup.seed + 100 + count);
    time.after(chance.between(0, latest), () => {
      phones.push(new SimulatedPhone(time, own, show, model, largestShare));
    });
  }
  return phones;
}

/**
 * Delivers the documents to every phone, and the host's position for the baseline every few
 * seconds.
 */
function relayThroughTheHost(
  time: SimulatedTime,
  show: SimulatedShow,
  phones: readonly SimulatedPhone[],
  largestShare: number,
  until: number,
): void {
  const host = new PhoneNetwork(new Chance(setup.seed + 2), largestShare);
  const relay = (): void => {
    const moment = show.moment();
    if (moment.kind !== "playing") return;
    const atServer = time.now + host.upMs();
    for (const phone of phones) phone.relay(moment, atServer);
  };
  show.onWrite = (written) => {
    for (const phone of phones) phone.tell(written);
    relay();
  };
  repeat(time, setup.relayedEveryMs, until, relay);
}

function observe(
  time: SimulatedTime,
  show: SimulatedShow,
  phones: readonly SimulatedPhone[],
  until: number,
) {
  const counters = {
    computed: new DifferenceCounter(),
    deviceClocks: new DifferenceCounter(),
    relayed: new DifferenceCounter(),
    heard: new DifferenceCounter(),
    heardAtRest: new DifferenceCounter(),
  };
  const looks = { clock: 0, withinBound: 0, phones: 0, silent: 0 };
  repeat(time, setup.observedEveryMs, until, () => {
    for (const { server } of phones) {
      const now = server.now();
      if (now === undefined) continue;
      looks.clock += 1;
      if (Math.abs(now - time.now) <= server.errorMs()) looks.withinBound += 1;
    }
    if (show.moment().kind !== "playing") return;
    const positionOf = positionsIn(show);
    counters.computed.add(known(phones.map(({ follower }) => positionOf(follower.moment()))));
    counters.deviceClocks.add(
      known(phones.map((phone) => positionOf(phone.momentByDeviceClock()))),
    );
    counters.relayed.add(known(phones.map((phone) => positionOf(phone.relayedPlace()))));
    const heard = known(phones.map(({ player }) => positionOf(player.heard())));
    counters.heard.add(heard);
    if (time.now - show.playback.at.toMillis() > AT_REST_MS) counters.heardAtRest.add(heard);
    looks.phones += phones.length;
    looks.silent += phones.length - heard.length;
  });
  return { counters, looks };
}

/** Converts a position in the music to one number: ms from the start of the server's playlist. */
function positionsIn(show: SimulatedShow) {
  const starts = new Map<string, number>();
  let end = 0;
  for (const { uri, durationMs } of show.playlist.tracks) {
    starts.set(uri, end);
    end += durationMs;
  }
  return (place: PlaybackMoment | PlaceInMusic | undefined): number | undefined => {
    if (!place) return undefined;
    if ("kind" in place) {
      if (place.kind === "over") return end;
      if (place.kind !== "playing") return undefined;
    }
    const start = starts.get(place.trackUri);
    return start === undefined ? undefined : start + place.positionMs;
  };
}

function repeat(time: SimulatedTime, ms: number, until: number, run: () => void): void {
  if (time.now + ms > until) return;
  time.after(ms, () => {
    run();
    repeat(time, ms, until, run);
  });
}

function known(values: readonly (number | undefined)[]): number[] {
  return values.filter((value) => value !== undefined);
}

function mostInAMinute(moments: readonly number[]): number {
  return Math.max(
    0,
    ...moments.map((from) => moments.filter((at) => at >= from && at < from + MINUTE_MS).length),
  );
}
