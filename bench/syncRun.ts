import { SimulatedTime } from "../client/test/support/simulatedTime.js";
import { DifferenceCounter } from "./samples.js";
import { PhoneNetwork } from "./syncNetwork.js";
import { SimulatedPhone } from "./syncPhone.js";
import type { PlayerModel } from "./syncPlayer.js";
import { Chance } from "./syncRandom.js";
import { SimulatedShow } from "./syncShow.js";

export const setup = {
  phones: 200,
  minutes: 30,
  /** Half are there from the beginning, the others join until then. */
  lastJoinMinute: 25,
  relayEveryMs: 5_000,
  seed: 6,
} as const;

export interface SyncResult {
  /** Differences of what is heard, of what the phones compute, and of the two baselines. */
  readonly heard: DifferenceCounter;
  readonly computed: DifferenceCounter;
  readonly deviceClocks: DifferenceCounter;
  readonly relayed: DifferenceCounter;
  /** The most corrections that any phone made within any minute. */
  readonly mostSeeksInAMinute: number;
  readonly correctionsPerPhoneHour: number;
  /** The share of all looks at a phone's clock in which it was within the bound it stated. */
  readonly withinBound: number;
  readonly clockLooks: number;
  /** How long music could be heard after a talk or a pause began, at worst and in 95 %. */
  readonly silentShare: number;
  readonly acts: Readonly<Record<string, number>>;
}

const EPOCH = Date.UTC(2026, 10, 24, 20);
const MINUTE_MS = 60_000;
/** A command so soon after a snapshot is the host's doing. */
const HOSTS_DOING_MS = 1_500;

/** Half an hour of a show, in simulated time. */
export async function runShow(model: PlayerModel, largestShare: number): Promise<SyncResult> {
  const time = new SimulatedTime(EPOCH);
  const chance = new Chance(setup.seed);
  const show = new SimulatedShow(time, new Chance(setup.seed + 1));
  const until = EPOCH + setup.minutes * MINUTE_MS;
  const phones: SimulatedPhone[] = [];
  const join = () => {
    const own = new Chance(setup.seed + 100 + phones.length);
    phones.push(new SimulatedPhone(time, own, show, model, largestShare));
  };
  for (let count = 0; count < setup.phones; count += 1) {
    const latest = setup.lastJoinMinute * MINUTE_MS;
    time.at(EPOCH + (count % 2 === 0 ? chance.between(0, 5_000) : chance.between(0, latest)), join);
  }

  const hostNetwork = new PhoneNetwork(new Chance(setup.seed + 2), largestShare);
  const relay = () => {
    const position = positionOf(show, show.moment());
    if (position === undefined) return;
    const atServer = time.now + hostNetwork.upMs();
    for (const phone of phones) phone.relay(position, atServer);
  };
  show.onWrite = (written) => {
    for (const phone of phones) phone.tell(written);
    relay();
  };
  show.direct(until);

  const result = {
    heard: new DifferenceCounter(),
    computed: new DifferenceCounter(),
    deviceClocks: new DifferenceCounter(),
    relayed: new DifferenceCounter(),
  };
  const looks = { clock: 0, within: 0, phones: 0, silent: 0 };
  const observe = () => {
    for (const { server } of phones) {
      const now = server.now();
      if (now === undefined) continue;
      looks.clock += 1;
      if (Math.abs(now - time.now) <= server.errorMs()) looks.within += 1;
    }
    if (show.moment().kind !== "playing") return;
    const heard = known(phones.map(({ player }) => positionOf(show, player.heard())));
    looks.phones += phones.length;
    looks.silent += phones.length - heard.length;
    result.heard.add(heard);
    result.computed.add(known(phones.map(({ follower }) => positionOf(show, follower.moment()))));
    result.deviceClocks.add(
      known(phones.map((phone) => positionOf(show, phone.momentByDeviceClock()))),
    );
    result.relayed.add(known(phones.map((phone) => phone.relayedPosition())));
  };
  const every = (ms: number, run: () => void) => {
    const again = () => {
      run();
      if (time.now + ms <= until) time.after(ms, again);
    };
    time.after(ms, again);
  };
  every(setup.relayEveryMs, relay);
  every(1_000, observe);
  await time.runTo(until);

  const corrections = phones.map(({ player, told }) =>
    player.commands
      .filter(({ kind }) => kind !== "pause")
      .map(({ at }) => at)
      .filter((at) => !told.some((then) => at >= then && at - then < HOSTS_DOING_MS)),
  );
  const phoneHours = looks.clock / 3_600;
  return {
    ...result,
    mostSeeksInAMinute: Math.max(...corrections.map(mostInAMinute)),
    correctionsPerPhoneHour: corrections.flat().length / phoneHours,
    withinBound: looks.within / looks.clock,
    clockLooks: looks.clock,
    silentShare: looks.silent / looks.phones,
    acts: Object.fromEntries(show.acts),
  };
}

/** A place in the music as one number: ms from the beginning of the list as the server has it. */
function positionOf(
  show: SimulatedShow,
  place:
    | { readonly kind?: string; readonly trackUri?: string; readonly positionMs?: number }
    | undefined,
): number | undefined {
  let start = 0;
  for (const { uri, durationMs } of show.playlist.tracks) {
    if (place?.trackUri === uri) {
      return place.kind === "paused" ? undefined : start + (place.positionMs ?? 0);
    }
    start += durationMs;
  }
  return place?.kind === "over" ? start : undefined;
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
