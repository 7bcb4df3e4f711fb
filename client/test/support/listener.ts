import { serverClock, type ServerClock } from "../../src/clock/serverClock.js";
import { followShow, type Follower } from "../../src/follow/follower.js";
import type { CommandReason } from "../../src/follow/followerState.js";
import type { RecordedTrack } from "../../src/follow/sameRecording.js";
import type { PlaybackSnapshot } from "../../src/follow/showMusic.js";
import { type PlayerNature, SimulatedPlayer } from "./simulatedPlayer.js";
import { SimulatedServer } from "./simulatedServer.js";
import { SimulatedDevice, SimulatedTime } from "./simulatedTime.js";

export const START = Date.UTC(2026, 10, 24, 20);

/** Three-minute songs, one for each letter. */
export function songs(letters: string): RecordedTrack[] {
  return Array.from(letters, (letter) => ({ uri: letter, durationMs: 180_000 }));
}

/** A show and one listener, whose phone's time of day is off by a day. */
export class Listener {
  readonly time = new SimulatedTime(START);
  readonly device = new SimulatedDevice(this.time, { wallOffMs: 86_400_000 });
  readonly server = new SimulatedServer(this.time, this.device);
  readonly clock: ServerClock = serverClock({
    local: this.device,
    fetchServerTime: this.server.fetchServerTime,
  });
  readonly player: SimulatedPlayer;
  follower: Follower;
  readonly reasons: CommandReason[] = [];
  tracks = songs("ABCDE");
  revision = 1;
  playback: PlaybackSnapshot = {
    mode: "talk",
    trackUri: null,
    trackIndex: null,
    positionMs: 0,
    paused: true,
    at: { toMillis: () => START },
    sequence: 0,
    playlistRevision: 1,
  };

  constructor(nature: PlayerNature = {}) {
    this.player = new SimulatedPlayer(this.time, this.device, () => 180_000, nature);
    this.follower = this.follows();
  }

  follows(): Follower {
    this.follower = followShow({
      local: this.device,
      server: this.clock,
      player: this.player,
      onCommand: (_, because) => {
        this.reasons.push(because);
      },
    });
    return this.follower;
  }

  /** Leaves the show and joins another one. */
  goesOn(): void {
    this.follower.close();
    this.follows();
  }

  /** Waits until the clock is measured and the documents have arrived. */
  async joins(): Promise<void> {
    await this.time.passes(1_000);
    this.hears();
  }

  /** A host's act, which the phone receives at once. */
  acts(change: Partial<PlaybackSnapshot>): void {
    this.write(change);
    this.hears();
  }

  /** A host plays a song from a position. */
  plays(uri: string, positionMs = 0): void {
    const trackIndex = this.tracks.findIndex((track) => track.uri === uri);
    this.acts({ mode: "music", trackUri: uri, trackIndex, positionMs, paused: false });
  }

  pauses(): void {
    const now = this.follower.moment();
    const positionMs = now && "positionMs" in now ? Math.round(now.positionMs) : 0;
    this.acts({ paused: true, positionMs });
  }

  talks(): void {
    this.acts({ mode: "talk", trackUri: null, trackIndex: null, positionMs: 0, paused: true });
  }

  /** An edit that does not interrupt the current song. */
  edits(letters: string): void {
    const now = this.follower.moment();
    this.tracks = songs(letters);
    this.revision += 1;
    const place = now && "trackIndex" in now ? now : { trackUri: null, positionMs: 0 };
    this.acts({
      trackUri: place.trackUri,
      trackIndex: this.tracks.findIndex((track) => track.uri === place.trackUri),
      positionMs: Math.round(place.positionMs),
      playlistRevision: this.revision,
    });
  }

  write(change: Partial<PlaybackSnapshot>): void {
    const at = Math.floor(this.time.now);
    this.playback = {
      ...this.playback,
      at: { toMillis: () => at },
      sequence: this.playback.sequence + 1,
      playlistRevision: this.revision,
      ...change,
    };
  }

  hears(): void {
    this.follower.playlistArrived({ revision: this.revision, tracks: this.tracks });
    this.follower.playbackArrived(this.playback);
  }

  /** The track that is heard, and how far it is ahead of the show. */
  hearing(): { readonly song: string; readonly aheadMs: number } | "silence" {
    const heard = this.player.heard();
    if (!heard) return "silence";
    const wanted = this.follower.moment();
    const aheadMs =
      wanted?.kind === "playing" && wanted.trackUri === heard.trackUri
        ? Math.round(heard.positionMs - wanted.positionMs)
        : NaN;
    return { song: heard.trackUri, aheadMs };
  }

  /** The commands so far, such as `play ABCDE 1000`. */
  commands(): string[] {
    return this.player.commands.map(({ kind, uris, positionMs }) => {
      if (kind === "pause") return kind;
      return kind === "seek" ? `seek ${positionMs}` : `play ${uris.join("")} ${positionMs}`;
    });
  }
}
