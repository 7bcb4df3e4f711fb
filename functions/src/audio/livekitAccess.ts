import { AccessToken, TrackSource } from "livekit-server-sdk";
import type { Clock } from "../clock.js";
import type { AudioRooms } from "../ports/audioRooms.js";
import { metadataOf } from "./roomMetadata.js";

export interface LivekitSettings {
  /** The address that apps connect to, ws:// or wss://. */
  readonly url: string;
  /** Where the server API answers, http:// or https://. */
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly clock: Clock;
}

/**
 * Only the first connection needs the token: after that, LiveKit itself renews the client's token. A token states the
 * permissions of the moment when it was made, so it must expire soon.
 * https://docs.livekit.io/frontends/authentication/tokens/#token-expiration
 */
const TOKEN_SECONDS = 120;

/** The access with which people connect to a LiveKit server. It makes no request. */
export function livekitAccess({
  url,
  apiKey,
  apiSecret,
  clock,
}: LivekitSettings): Pick<AudioRooms, "access"> {
  return {
    async access(showId, uid, entitlement) {
      const token = new AccessToken(apiKey, apiSecret, {
        identity: uid,
        ttl: TOKEN_SECONDS,
        metadata: metadataOf(entitlement),
      });
      token.addGrant({
        room: showId,
        roomJoin: true,
        canSubscribe: true,
        canPublish: entitlement.canPublish,
        canPublishSources: [TrackSource.MICROPHONE],
        canPublishData: false,
        canUpdateOwnMetadata: false,
      });
      const expiresAt = clock.now() + TOKEN_SECONDS * 1_000;
      return {
        provider: "livekit",
        canPublish: entitlement.canPublish,
        url,
        token: await token.toJwt(),
        expiresAt,
      };
    },
  };
}
