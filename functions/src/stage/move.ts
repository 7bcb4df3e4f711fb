import {
  type DocumentSnapshot,
  FieldValue,
  type Firestore,
  type Timestamp,
  type Transaction,
} from "firebase-admin/firestore";
import type { ParticipantDocument, ParticipantState } from "../contract/audience.js";
import { stageRef } from "../collections.js";
import type { SpeakRequestDocument } from "../contract/stage.js";
import {
  type StageFields,
  STAGE_FIELDS,
  type StageEvent,
  stageStateOf,
  stageStep,
} from "../contract/transitions.js";

/** A person's two documents, as the transaction has read them. */
export interface PersonOnStage {
  readonly participant: DocumentSnapshot<ParticipantDocument>;
  readonly request: DocumentSnapshot<SpeakRequestDocument>;
}

const STATES: Readonly<Partial<Record<StageEvent, ParticipantState>>> = {
  leave: "left",
  lose: "lost",
  remove: "removed",
};

/**
 * Moves a person one step and writes both of their documents, so that the two always agree. Null if the step is
 * impossible; then nothing is written.
 */
export function move(
  transaction: Transaction,
  db: Firestore,
  showId: string,
  { participant, request }: PersonOnStage,
  event: StageEvent,
  { by, now }: { readonly by: string; readonly now: Timestamp },
): StageFields | null {
  const before = participant.data();
  const current = request.data();
  const from = stageStateOf(before, current);
  const to = stageStep(from, event);
  if (to === null) return null;
  const fields = keepsRole(before, event)
    ? { ...STAGE_FIELDS.away, role: before.role }
    : STAGE_FIELDS[to];

  if (before && to === "away") {
    const state = STATES[event] ?? before.state;
    const leftAt = from === "away" ? (before.leftAt ?? now) : now;
    transaction.update(participant.ref, { ...fields, state, leftAt });
  } else if (before && to !== from) {
    transaction.update(participant.ref, { ...fields });
  }
  if (before && (fields.canPublish !== before.canPublish || fields.role !== before.role)) {
    const spoke = fields.canPublish && { spoke: FieldValue.arrayUnion(participant.id) };
    const changes = { permissionsChangedAt: now, ...spoke };
    transaction.set(stageRef(db, showId), changes, { merge: true });
  }

  if (event === "accept" || event === "reject") {
    const status = event === "accept" ? "accepted" : "rejected";
    transaction.update(request.ref, { status, decidedAt: now, decidedBy: by });
  } else if (
    (current?.status === "pending" && to !== "asking") ||
    (current?.status === "accepted" && !fields.canPublish)
  ) {
    // Without a decision, the rules let the person ask again at once: only a rejection makes them wait.
    transaction.update(request.ref, { status: "cancelled", decidedAt: null, decidedBy: null });
  }
  return fields;
}

/** The creator keeps their role in every state. A lost person may return in their role. */
function keepsRole(
  before: ParticipantDocument | undefined,
  event: StageEvent,
): before is ParticipantDocument {
  return (
    before !== undefined && (event === "lose" || (before.role === "creator" && event === "leave"))
  );
}
