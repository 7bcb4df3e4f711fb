import {
  type ParticipantInfo,
  RoomServiceClient,
  ServerError,
  TrackSource,
} from "livekit-server-sdk";
import { Refusal } from "../errors.js";
import { callPace } from "./callPace.js";
import { isPerson } from "./isPerson.js";
import { livekitAccess, type LivekitSettings } from "./livekitAccess.js";
import { metadataOf, roleIn } from "./roomMetadata.js";
import type { AudioRooms, Connected, Connection } from "../ports/audioRooms.js";
import { isVoice } from "./voice.js";
import { log } from "../log.js";

/** A show may be quiet for a long time. Its room is deleted when the show ends, or after this time. */
const EMPTY_ROOM_SECONDS = 3_600;

/**
 * How long one request may take. From 5 s on, and only then, the SDK tries LiveKit Cloud's other regions
 * when one fails or does not answer: three requests at most, within a function's timeout.
 * https://github.com/livekit/node-sdks/blob/main/packages/livekit-server-sdk/src/failover.ts
 */
const REQUEST_TIMEOUT_SECONDS = 5;

/** The same for a room's list of participants, which LiveKit gives in one answer, however large it is. */
const LIST_TIMEOUT_SECONDS = 10;

/** `AudioRooms` on a LiveKit server. */
export function livekitRooms(
  settings: LivekitSettings & {
    /** How many calls a minute this instance may make; 0: no limit. */
    readonly callsPerMinute: number;
  },
): AudioRooms {
  const { apiUrl, apiKey, apiSecret, clock, callsPerMinute } = settings;
  const serviceWithin = (requestTimeout: number) =>
    new RoomServiceClient(apiUrl, apiKey, apiSecret, { requestTimeout });
  const service = serviceWithin(REQUEST_TIMEOUT_SECONDS);
  const listService = serviceWithin(LIST_TIMEOUT_SECONDS);
  const myTurn = callPace(callsPerMinute, clock);

  async function answered<Answer>(method: string, call: () => Promise<Answer>): Promise<Answer> {
    await myTurn();
    try {
      return await call();
    } catch (error) {
      throw unavailable(method, error);
    }
  }

  async function foundOrNull<Answer>(
    method: string,
    call: () => Promise<Answer>,
  ): Promise<Answer | null> {
    await myTurn();
    try {
      return await call();
    } catch (error) {
      if (error instanceof ServerError && error.code === "not_found") return null;
      throw unavailable(method, error);
    }
  }

  return {
    async open(showId) {
      await answered("createRoom", () =>
        service.createRoom({
          name: showId,
          emptyTimeout: EMPTY_ROOM_SECONDS,
          departureTimeout: EMPTY_ROOM_SECONDS,
        }),
      );
    },

    async close(showId) {
      await foundOrNull("deleteRoom", () => service.deleteRoom(showId));
    },

    async list() {
      const rooms = await answered("listRooms", () => service.listRooms());
      return rooms.map(({ name, creationTimeMs, numParticipants }) => ({
        showId: name,
        since: Number(creationTimeMs),
        participants: numParticipants,
      }));
    },

    async look(showId) {
      const participants = await answered("listParticipants", () =>
        listService.listParticipants(showId),
      );
      if (participants.length > 0) {
        const since = participants.reduce(
          (oldest, { joinedAtMs }) => Math.min(oldest, Number(joinedAtMs)),
          Infinity,
        );
        return { since, connected: participants.filter(isPerson).map(connectionOf) };
      }
      // LiveKit also answers so where there is no room.
      const [room] = await answered("listRooms", () => service.listRooms([showId]));
      return room ? { since: Number(room.creationTimeMs), connected: [] } : null;
    },

    async find(showId, uid) {
      const participant = await foundOrNull("getParticipant", () =>
        service.getParticipant(showId, uid),
      );
      return participant && isPerson(participant) ? connectedOf(participant) : null;
    },

    async permit(showId, uid, entitlement) {
      const updated = await foundOrNull("updateParticipant", () =>
        service.updateParticipant(showId, uid, {
          metadata: metadataOf(entitlement),
          // An update replaces the whole set: what is left out falls back to LiveKit's defaults.
          permission: {
            canSubscribe: true,
            canPublish: entitlement.canPublish,
            canPublishSources: [TrackSource.MICROPHONE],
            canPublishData: false,
            canUpdateMetadata: false,
            hidden: false,
            canSubscribeMetrics: false,
          },
        }),
      );
      return updated !== null;
    },

    async remove(showId, uid) {
      await foundOrNull("removeParticipant", () => service.removeParticipant(showId, uid));
    },

    async mute(showId, uid) {
      const participant = await foundOrNull("getParticipant", () =>
        service.getParticipant(showId, uid),
      );
      const sounding = participant?.tracks.filter(({ muted }) => !muted) ?? [];
      await Promise.all(
        sounding.map(({ sid }) =>
          foundOrNull("mutePublishedTrack", () =>
            service.mutePublishedTrack(showId, uid, sid, true),
          ),
        ),
      );
    },

    ...livekitAccess(settings),
  };
}

function connectedOf(participant: ParticipantInfo): Connected {
  return {
    uid: participant.identity,
    role: roleIn(participant.metadata),
    canPublish: participant.permission?.canPublish ?? false,
    tracks: participant.tracks.map((track) => ({
      sid: track.sid,
      muted: track.muted,
      isVoice: isVoice(track),
    })),
  };
}

function connectionOf(participant: ParticipantInfo): Connection {
  return { ...connectedOf(participant), connectedAt: Number(participant.joinedAtMs) };
}

/** The operator needs to know whether the key, the load or the network is the cause. */
function unavailable(method: string, error: unknown): Refusal {
  log("WARNING", "LiveKit refused or did not answer", {
    method,
    status: error instanceof ServerError ? error.status : null,
    error: error instanceof Error ? error.name : typeof error,
  });
  return new Refusal("AUDIO_UNAVAILABLE");
}
