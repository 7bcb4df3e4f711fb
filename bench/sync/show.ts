import { positionAfter, type Step } from "../../client/src/music/step.js";
import { playbackAt } from "../../functions/src/contract/playbackAt.js";
import { reanchor } from "../../functions/src/contract/reanchor.js";
import type {
  PlaybackDocument,
  PlaylistDocument,
  Track,
} from "../../functions/src/contract/music.js";
import { silentPlayback } from "../../functions/src/contract/silentPlayback.js";
import { startingPlayback } from "../../functions/src/contract/startingPlayback.js";
import type { SimulatedTime } from "../../client/test/support/simulatedTime.js";
import type { Chance } from "./random.js";

const HOST = "the host";
const TALK_FIRST_MS = 30_000;

/** The hosts' actions after the initial talk. `pause` and `talk` end again after a while. */
const HALF_AN_HOUR: readonly Act[] = [
  ...many("pause", 3),
  ...many("talk", 2),
  ...many("seek", 4),
  ...many("next", 4),
  ...many("edit", 4),
];

export type Act = "music" | "talk" | "pause" | "play" | "seek" | "next" | "edit";

/** The show on the server, with the hosts who control it for half an hour. */
export class SimulatedShow {
  readonly #time: SimulatedTime;
  readonly #chance: Chance;
  readonly acts = new Map<Act, number>();
  playlist: PlaylistDocument;
  playback: PlaybackDocument;
  /** Called for each write, at the moment when the server makes it. */
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

  /** Runs talk, and then music with everything that a host can do, in random order. */
  direct(until: number): void {
    const scenes = this.#shuffled(HALF_AN_HOUR);
    const slot = (until - this.#time.now - TALK_FIRST_MS) / (scenes.length + 1);
    this.#time.after(TALK_FIRST_MS, () => {
      this.#act("music");
    });
    for (const [place, scene] of scenes.entries()) {
      const at = TALK_FIRST_MS + slot * (place + 1) + this.#chance.between(-0.4, 0.4) * slot;
      this.#time.after(at, () => {
        this.#play(scene);
      });
    }
  }

  #shuffled(scenes: readonly Act[]): Act[] {
    return scenes
      .map((scene) => ({ scene, order: this.#chance.next() }))
      .sort((one, other) => one.order - other.order)
      .map(({ scene }) => scene);
  }

  #play(scene: Act): void {
    if (scene === "pause") this.#between("pause", "play", 3_000, 12_000);
    else if (scene === "talk") this.#between("talk", "music", 15_000, 60_000);
    else this.#act(scene);
  }

  #between(first: Act, second: Act, shortest: number, longest: number): void {
    this.#act(first);
    this.#time.after(this.#chance.between(shortest, longest), () => {
      this.#act(second);
    });
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
      this.playback = reanchor(playback, playlist.tracks, this.playlist, HOST, at) ?? playback;
    } else if (now.kind === "playing" || now.kind === "paused") {
      const place = positionAfter(this.#step(act, now.trackIndex), now, playlist.tracks);
      const track = place && playlist.tracks[place.trackIndex];
      if (!track) throw new Error("the playlist is too short for this show");
      this.playback = { ...playback, ...place, at, sequence, trackUri: track.uri };
    }
    this.onWrite({ playlist: act === "edit" });
  }

  #step(act: "play" | "pause" | "seek" | "next", trackIndex: number): Step {
    if (act !== "seek") return { kind: act };
    const durationMs = this.playlist.tracks[trackIndex]?.durationMs ?? NaN;
    return { kind: act, positionMs: this.#chance.between(0, durationMs - 20_000) };
  }

  /** Swaps two tracks, sometimes including the next one. */
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

function many(act: Act, times: number): Act[] {
  return Array.from({ length: times }, () => act);
}
