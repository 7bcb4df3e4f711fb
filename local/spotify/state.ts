import { Faults } from "../faults/faults.js";
import { Catalogue } from "./catalogue/catalogue.js";
import { Playlists } from "./catalogue/playlists.js";
import { Clock } from "./clock.js";
import { Grants } from "./grants.js";
import { Libraries } from "./libraries.js";
import { People } from "./personaRegistry.js";
import type { Persona } from "./personas.js";
import { Players } from "./playback/players.js";
import { RequestLog } from "./requestLog.js";

/**
 * Development: an allow-list of five users and fewer fields. Extended: what older apps still get.
 */
export type QuotaMode = "development" | "extended";

export interface LocalSpotifyOptions {
  /** 0 chooses any free port. */
  readonly port?: number;
  readonly host?: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUris: readonly string[];
  readonly personas: readonly Persona[];
  readonly quotaMode?: QuotaMode;
}

/** The local Spotify's whole state. */
export interface State {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUris: readonly string[];
  readonly clock: Clock;
  readonly people: People;
  readonly grants: Grants;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly catalogue: Catalogue;
  readonly playlists: Playlists;
  readonly players: Players;
  readonly libraries: Libraries;
  quotaMode: QuotaMode;
  /** Spotify may or may not return a new refresh token. Clients must handle both. */
  rotateRefreshTokens: boolean;
}

export function createState(options: LocalSpotifyOptions): State {
  const clock = new Clock();
  const grants = new Grants(clock);
  const people = new People(options.personas);
  const catalogue = new Catalogue();
  return {
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    redirectUris: [...options.redirectUris],
    clock,
    people,
    grants,
    faults: new Faults(),
    log: new RequestLog(clock, grants, people),
    catalogue,
    playlists: new Playlists(),
    players: new Players(clock, catalogue),
    libraries: new Libraries(),
    quotaMode: options.quotaMode ?? "development",
    rotateRefreshTokens: true,
  };
}
