import assert from "node:assert/strict";
import { AccessToken, RoomServiceClient, type VideoGrant } from "livekit-server-sdk";
import { LIVEKIT_API_KEY, provideSecrets } from "../../../local/suite/functionsEnvironment.js";
import { runningSuite } from "../../../test/support/suite.js";
import { livekitRooms } from "../../src/audio/livekitRooms.js";
import type { AudioRooms } from "../../src/ports/audioRooms.js";
import { systemClock } from "../../src/clock.js";

/** Direct access to LiveKit with the functions' key, past the functions and the fault proxy. */
export interface LivekitBackdoor {
  /** The `ws://` URL that apps connect to. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly service: RoomServiceClient;
  /** The rooms as the functions see them. */
  readonly rooms: AudioRooms;
  /** Signs an arbitrary token. A negative `ttlSeconds` makes it expired. */
  mint(identity: string, grant: VideoGrant, ttlSeconds?: number): Promise<string>;
}

export async function livekitBackdoor(): Promise<LivekitBackdoor> {
  const { livekit } = await runningSuite();
  assert(livekit !== undefined, "this suite has no sound");
  const { livekitApiSecret: apiSecret } = await provideSecrets();
  const keys = { apiKey: LIVEKIT_API_KEY, apiSecret };
  const url = `ws://${livekit}`;
  const apiUrl = `http://${livekit}`;
  return {
    url,
    ...keys,
    service: new RoomServiceClient(apiUrl, keys.apiKey, apiSecret),
    rooms: livekitRooms({ url, apiUrl, ...keys, clock: systemClock, callsPerMinute: 0 }),
    async mint(identity, grant, ttlSeconds = 120) {
      const token = new AccessToken(keys.apiKey, apiSecret, { identity, ttl: ttlSeconds });
      token.addGrant(grant);
      return token.toJwt();
    },
  };
}
