import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import {
  participantRef,
  playbackRef,
  playlistRef,
  showRef,
  songRequestRef,
} from "../collections.js";
import type { decideSongRequest as contract } from "../contract/songRequests.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { appendTrack } from "../music/appendTrack.js";
import { readTogether } from "../readTogether.js";
import { hosting } from "../stage/authority.js";
import { isComing } from "./isComing.js";

const STATUS = { accept: "accepted", decline: "declined" } as const;

/**
 * Adds the track in the transaction of the decision, so that two hosts who accept at once add it once. A track that a host
 * has added by hand in the meantime is not added again.
 */
export async function decideSongRequest(
  deps: Pick<Dependencies, "firestore" | "clock">,
  caller: Caller,
  { showId, requestId, decision }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const status = STATUS[decision];
  return db.runTransaction(async (transaction) => {
    const [showSnapshot, participant, request, playlist, playback] = await readTogether(
      transaction,
      showRef(db, showId),
      participantRef(db, showId, caller.uid),
      songRequestRef(db, showId, requestId),
      playlistRef(db, showId),
      playbackRef(db, showId),
    );
    const { show } = hosting(showSnapshot.data(), participant.data(), caller.uid);
    const found = request.data();
    if (found?.status === status) return { status };
    if (found?.status !== "open") {
      throw new Refusal("REQUEST_NOT_PENDING", found && { status: found.status });
    }
    const now = deps.clock.now();
    const isAdded =
      decision === "accept" && !isComing(found.track.uri, playlist.data(), playback.data(), now);
    if (isAdded) {
      const music = {
        show: { ref: showSnapshot.ref, data: show },
        playlist: { ref: playlist.ref, data: playlist.data() },
        playback: { ref: playback.ref, data: playback.data() },
      };
      appendTrack(deps, transaction, music, found.track, caller.uid);
    }
    const decidedAt = Timestamp.fromMillis(now);
    transaction.update(request.ref, { status, decidedAt, decidedBy: caller.uid });
    return { status };
  });
}
