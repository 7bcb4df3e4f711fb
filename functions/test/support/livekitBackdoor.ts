import assert from "node:assert/strict";
import { AccessToken, RoomServiceClient, type VideoGrant } from "livekit-server-sdk";
import { LIVEKIT_API_KEY, provideSecrets } from "../../../local/suite/functionsEnvironment.js";
import { runningSuite } from "../../../test/support/suite.js";
import { livekitRooms } from "../../src/audio/livekitRooms.js";
import type { AudioRooms } from "../../src/ports/audioRooms.js";
import { systemClock } from "../../src/clock.js";

/** LiveKit itself, past the functions and the fault proxy, with the key that only functions have. */
export interface LivekitBackdoor {
  /** `ws://…`, as apps connect to it. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly service: RoomServiceClient;
  /** The same, as the functions see it. */
  readonly rooms: AudioRooms;
  /** A token that no callable gives, valid for so long or expired for so long. */
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
