import { serverClock, type ServerClock } from "../../client/src/clock/serverClock.js";
import { followShow, type Follower } from "../../client/src/follow/follower.js";
import type { CommandReason } from "../../client/src/follow/followerState.js";
import {
  momentAt,
  type ShowMusic,
  withPlayback,
  withPlaylist,
} from "../../client/src/follow/showMusic.js";
import type { SimulatedPlayer } from "../../client/test/support/simulatedPlayer.js";
import { SimulatedDevice, type SimulatedTime } from "../../client/test/support/simulatedTime.js";
import { OrderedLine, PhoneNetwork } from "./network.js";
import { playerLike, type PlayerModel } from "./player.js";
import type { Chance } from "./random.js";
import type { SimulatedShow } from "./show.js";

const DAY_MS = 86_400_000;
const LARGEST_DRIFT_PPM = 100;

export interface PlaceInMusic {
  readonly trackUri: string;
  readonly positionMs: number;
}

/** A listener's phone from the moment of joining, with the results of the two baselines. */
export class SimulatedPhone {
  readonly network: PhoneNetwork;
  readonly server: ServerClock;
  readonly follower: Follower;
  readonly player: SimulatedPlayer;
  /** The commands to its player with their time and reason. */
  readonly commands: { readonly at: number; readonly because: CommandReason }[] = [];
  readonly #time: SimulatedTime;
  readonly #show: SimulatedShow;
  readonly #device: SimulatedDevice;
  #music: ShowMusic = {};
  readonly #playbackLine = new OrderedLine();
  readonly #playlistLine = new OrderedLine();
  readonly #relayLine = new OrderedLine();
  readonly #rate: number;
  #relayed: (PlaceInMusic & { readonly at: number }) | undefined;

  constructor(
    time: SimulatedTime,
    chance: Chance,
    show: SimulatedShow,
    model: PlayerModel,
    largestShare: number,
  ) {
    this.#time = time;
    this.#show = show;
    const driftPpm = chance.between(-LARGEST_DRIFT_PPM, LARGEST_DRIFT_PPM);
    this.#rate = 1 + driftPpm / 1e6;
    this.#device = new SimulatedDevice(time, {
      driftPpm,
      wallOffMs: chance.between(-DAY_MS, DAY_MS),
    });
    this.network = new PhoneNetwork(chance, largestShare);
    const lengths = new Map(show.playlist.tracks.map((track) => [track.uri, track.durationMs]));
    this.player = playerLike(
      model,
      time,
      chance,
      { local: this.#device, network: this.network, driftPpm },
      (uri) => lengths.get(uri) ?? 0,
    );
    this.server = serverClock({
      local: this.#device,
      fetchServerTime: () => this.#askServer(),
    });
    this.follower = followShow({
      local: this.#device,
      server: this.server,
      player: this.player,
      onCommand: (_, because) => {
        this.commands.push({ at: time.now, because });
      },
    });
    // A listener's first snapshots take a whole round trip.
    time.after(this.network.upMs(), () => {
      this.tell({ playlist: true });
    });
  }

  /** Sends the server's documents to the phone. */
  tell(written: { readonly playlist: boolean }): void {
    const { playback, playlist } = this.#show;
    this.#time.at(this.#playbackLine.arrival(this.#time.now + this.network.downMs()), () => {
      this.#music = withPlayback(this.#music, playback);
      this.follower.playbackArrived(playback);
    });
    if (!written.playlist) return;
    this.#time.at(this.#playlistLine.arrival(this.#time.now + this.network.downMs()), () => {
      this.#music = withPlaylist(this.#music, playlist);
      this.follower.playlistArrived(playlist);
    });
  }

  /** Baseline: the position of the host's player, used as it arrives. */
  relay(place: PlaceInMusic, leftServerAt: number): void {
    this.#time.at(this.#relayLine.arrival(leftServerAt + this.network.downMs()), () => {
      this.#relayed = { ...place, at: this.#time.now };
    });
  }

  relayedPlace(): PlaceInMusic | undefined {
    if (!this.#relayed) return undefined;
    const { trackUri, positionMs, at } = this.#relayed;
    return { trackUri, positionMs: positionMs + (this.#time.now - at) * this.#rate };
  }

  /** Baseline: the moment according to the device's own time. */
  momentByDeviceClock() {
    return momentAt(this.#music, this.#device.wall());
  }

  #askServer(): Promise<number> {
    return new Promise((resolve) => {
      this.#time.after(this.network.upMs(), () => {
        const now = Math.floor(this.#time.now);
        this.#time.after(this.network.downMs(), () => {
          resolve(now);
        });
      });
    });
  }
}
