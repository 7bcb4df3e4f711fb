import { spotifyId } from "../catalogue/spotifyId.js";
import type { Catalogue } from "../catalogue/catalogue.js";
import type { Clock } from "../clock.js";
import type { Persona } from "../personas.js";
import type { Device } from "./device.js";
import type { LengthOf, Playback } from "./playback.js";
import { Player } from "./player.js";

/** Personas who never have a device open. */
const deviceless = "listener-gus";

/** All users' players. */
export class Players {
  readonly #clock: Clock;
  readonly #catalogue: Catalogue;
  readonly #players = new Map<string, Player>();

  constructor(clock: Clock, catalogue: Catalogue) {
    this.#clock = clock;
    this.#catalogue = catalogue;
  }

  reset(): void {
    this.#players.clear();
  }

  of(persona: Persona): Player {
    let player = this.#players.get(persona.id);
    if (player === undefined) {
      player = new Player(persona.id === deviceless ? [] : [phoneOf(persona)]);
      this.#players.set(persona.id, player);
    }
    return player;
  }

  playback(persona: Persona): Playback | undefined {
    return this.of(persona).playback(this.#clock.now(), this.lengthFor(persona));
  }

  connect(persona: Persona, devices: readonly Device[]): void {
    this.of(persona).connect(devices, this.#clock.now(), this.lengthFor(persona));
  }

  /** A track's duration on this account, which may play another release of it. */
  lengthFor({ country }: Persona): LengthOf {
    return (uri) => {
      const item = this.#catalogue.item(uri);
      if (item.kind === "episode") return item.episode.durationMs;
      if (item.kind !== "track") return 0;
      return this.#catalogue.releaseIn(item.track, country)?.durationMs ?? 0;
    };
  }
}

function phoneOf({ id }: Persona): Device {
  return {
    id: spotifyId(`phone of ${id}`),
    name: "Phone",
    type: "Smartphone",
    active: true,
    restricted: false,
    volumePercent: 64,
  };
}
