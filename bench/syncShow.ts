import { playbackAt } from "../functions/src/music/playbackAt.js";
import { reanchor } from "../functions/src/music/reanchor.js";
import type { PlaybackDocument, PlaylistDocument, Track } from "../functions/src/music/schema.js";
import { silentPlayback } from "../functions/src/music/silentPlayback.js";
import { startingPlayback } from "../functions/src/music/startingPlayback.js";
import type { SimulatedTime } from "../client/test/support/simulatedTime.js";
import type { Chance } from "./syncRandom.js";

const HOST = "the host";
const TALK_FIRST_MS = 30_000;

export type Act = "music" | "talk" | "pause" | "play" | "seek" | "next" | "edit";

/** The show as the server has it, and the hosts who drive it for half an hour. */
export class SimulatedShow {
  readonly #time: SimulatedTime;
  readonly #chance: Chance;
  readonly acts = new Map<Act, number>();
  playlist: PlaylistDocument;
  playback: PlaybackDocument;
  /** Hears of each write, at the moment that the server makes it. */
  onWrite: (written: { readonly playlist: boolean }) => void = () => undefined;

  constructor(time: SimulatedTime, chance: Chance) {
    this.#time = time;
    this.#chance = chance;
    const tracks = Array.from({ length: 60 }, (_, index) => trackOf(index, chance));
    this.playlist = { revision: 1, tracks };
    this.playback = silentPlayback(HOST, this.#moment(), 0, 1);
  }

  moment() {
    return playbackAt(this.playback, this.playlist.tracks, this.#time.now);
  }

  /** A few minutes of this, a few of that, until `until`. */
  direct(until: number): void {
    const scene = (at: number): void => {
      if (at >= until) return;
      this.#time.at(at, () => {
        scene(at + this.#playScene());
      });
    };
    this.#time.after(TALK_FIRST_MS, () => {
      this.#act("music");
      scene(this.#time.now + this.#pauseBetweenActs());
    });
  }

  /** One act, or one and its end. Returns how long until the next. */
  #playScene(): number {
    const chosen = this.#chance.next();
    const quietMs = this.#pauseBetweenActs();
    if (chosen < 0.2) return this.#between("pause", "play", 3_000, 15_000) + quietMs;
    if (chosen < 0.35) return this.#between("talk", "music", 20_000, 60_000) + quietMs;
    if (chosen < 0.55) this.#act("seek");
    else if (chosen < 0.75) this.#act("next");
    else this.#act("edit");
    return quietMs;
  }

  #pauseBetweenActs(): number {
    return this.#chance.between(20_000, 110_000);
  }

  #between(first: Act, second: Act, shortest: number, longest: number): number {
    const ms = this.#chance.between(shortest, longest);
    this.#act(first);
    this.#time.after(ms, () => {
      this.#act(second);
    });
    return ms;
  }

  #act(act: Act): void {
    this.acts.set(act, (this.acts.get(act) ?? 0) + 1);
    const { playback, playlist } = this;
    const at = this.#moment();
    const sequence = playback.sequence + 1;
    const now = this.moment();
    if (act === "talk") {
      this.playback = silentPlayback(HOST, at, sequence, playlist.revision);
    } else if (act === "music") {
      const track = this.#chance.below(playlist.tracks.length / 4);
      this.playback = startingPlayback(playlist, track, HOST, at, sequence);
    } else if (act === "edit") {
      this.playlist = { revision: playlist.revision + 1, tracks: this.#edited() };
      this.playback =
        reanchor(playback, playlist.tracks, this.playlist, HOST, at) ??
        silentPlayback(HOST, at, sequence, this.playlist.revision);
    } else if (now.kind === "playing" || now.kind === "paused") {
      const index = now.trackIndex + (act === "next" ? 1 : 0);
      const track = playlist.tracks[index];
      if (!track) return;
      this.playback = {
        ...playback,
        at,
        sequence,
        trackIndex: index,
        trackUri: track.uri,
        positionMs: Math.round(this.#positionAfter(act, now.positionMs, track)),
        paused: act === "pause",
      };
    }
    this.onWrite({ playlist: act === "edit" });
  }

  #positionAfter(act: Act, positionMs: number, track: Track): number {
    if (act === "next") return 0;
    return act === "seek" ? this.#chance.between(0, track.durationMs - 20_000) : positionMs;
  }

  /** Two tracks change places, and now and then what comes next does, too. */
  #edited(): Track[] {
    const tracks = [...this.playlist.tracks];
    const now = this.moment();
    const next = "trackIndex" in now ? now.trackIndex + 1 : 0;
    const one = this.#chance.next() < 0.5 ? next : this.#chance.below(tracks.length);
    const other = this.#chance.below(tracks.length);
    const [first, second] = [tracks[one], tracks[other]];
    if (first && second) {
      tracks[one] = second;
      tracks[other] = first;
    }
    return tracks;
  }

  #moment() {
    const millis = Math.floor(this.#time.now);
    return { seconds: Math.floor(millis / 1000), nanoseconds: 0, toMillis: () => millis };
  }
}

function trackOf(index: number, chance: Chance): Track {
  return {
    uri: `spotify:track:${String(index).padStart(22, "0")}`,
    name: `Track ${index}`,
    artists: ["Somebody"],
    durationMs: Math.round(chance.between(120_000, 290_000)),
    imageUrl: null,
    explicit: false,
  };
}
