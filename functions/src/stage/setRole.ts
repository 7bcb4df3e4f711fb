import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import type { ParticipantDocument } from "../contract/audience.js";
import { applyEntitlement } from "../audio/applyEntitlement.js";
import type { Caller } from "../caller.js";
import { participantRef, showRef, speakRequestRef, stageRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import type { ShowDocument } from "../contract/shows.js";
import { assertWithinReach, hosting } from "./authority.js";
import { move } from "./move.js";
import type { Role } from "../contract/role.js";
import type { setRole as contract } from "../contract/stage.js";
import { assertFreeSeat, takeSeat } from "./seat.js";
import type { StageEvent } from "../contract/transitions.js";

type WantedRole = z.output<typeof contract.request>["role"];

/**
 * Invites a person to a higher role, or demotes them at once: they are silent when this resolves, or once the audio
 * room is updated. Everybody may demote themselves, which is also how they decline an invitation. A lost person can
 * be made a listener, and then returns as one; they are not in the audio room, so it needs no update.
 */
export async function setRole(
  deps: Pick<Dependencies, "firestore" | "clock" | "rooms" | "tasks">,
  caller: Caller,
  { showId, uid, role: wanted }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const { fields, concernsRoom } = await db.runTransaction(async (transaction) => {
    const [showSnapshot, callerSnapshot, participant, request] = await readTogether(
      transaction,
      showRef(db, showId),
      participantRef(db, showId, caller.uid),
      participantRef(db, showId, uid),
      speakRequestRef(db, showId, uid),
      stageRef(db, showId),
    );
    const current = participant.data();
    const show = assertMay(caller, { uid, wanted }, showSnapshot.data(), {
      callers: callerSnapshot.data(),
      targets: current,
    });
    // A lost person would otherwise return in their role.
    const isLost = current?.state === "lost" && wanted === "listener";
    if (!current || (current.state !== "present" && !isLost)) throw new Refusal("NOT_PARTICIPANT");
    const { role, invitedTo } = current;
    if (role === wanted && invitedTo === null) {
      // The call that demoted them may have crashed before it updated the room.
      return { fields: { role, invitedTo }, concernsRoom: !isLost };
    }

    const takesSeat = wanted === "speaker" && role === "cohost";
    if (wanted === "speaker" && role !== "speaker" && invitedTo !== "speaker") {
      await assertFreeSeat(transaction, db, showId, show);
    }
    const now = Timestamp.fromMillis(deps.clock.now());
    const event = eventFor(role, wanted);
    const person = { participant, request };
    const fields = move(transaction, db, showId, person, event, { by: caller.uid, now });
    if (!fields) throw new Error(`a role cannot change from ${role} to ${wanted}`);
    if (takesSeat) takeSeat(transaction, db, showId);
    return { fields, concernsRoom: !isLost && fields.role !== role };
  });
  if (concernsRoom) {
    // A speaker may still publish if the stage is open, so the documents are read.
    const written =
      fields.role === "listener" ? { role: fields.role, canPublish: false } : undefined;
    await applyEntitlement(deps, showId, uid, written);
  }
  return { role: fields.role, invitedTo: fields.invitedTo };
}

const RANK: Readonly<Record<Role, number>> = { creator: 3, cohost: 2, speaker: 1, listener: 0 };

function eventFor(role: Role, wanted: WantedRole): StageEvent {
  const isUp = RANK[wanted] > RANK[role];
  switch (wanted) {
    case "cohost":
      return "inviteToCohost";
    case "speaker":
      return isUp ? "inviteToSpeak" : "lowerToSpeaker";
    case "listener":
      return "lowerToListener";
  }
}

function assertMay(
  caller: Caller,
  { uid, wanted }: { uid: string; wanted: WantedRole },
  show: ShowDocument | undefined,
  participants: {
    callers: ParticipantDocument | undefined;
    targets: ParticipantDocument | undefined;
  },
): ShowDocument {
  const { callers, targets } = participants;
  const lowersThemselves =
    uid === caller.uid &&
    show?.status === "live" &&
    uid !== show.creatorUid &&
    callers?.state === "present" &&
    RANK[wanted] <= RANK[callers.role];
  if (lowersThemselves) return show;
  const hosted = hosting(show, callers, caller.uid);
  assertWithinReach(hosted.host, hosted.show, { uid, role: targets?.role });
  const makesCohosts = wanted === "cohost" || targets?.invitedTo === "cohost";
  if (makesCohosts && hosted.host !== "creator") throw new Refusal("NOT_CREATOR");
  return hosted.show;
}
