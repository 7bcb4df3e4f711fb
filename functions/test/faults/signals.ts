import type { DocumentSnapshot } from "firebase-admin/firestore";
import { onParticipantWritten } from "../../src/audience/onParticipantWritten.js";
import { onBlockWritten } from "../../src/blocks/onBlockWritten.js";
import { playbackDocument } from "../../src/contract/music.js";
import type { Dependencies } from "../../src/dependencies.js";
import { askForFeed } from "../../src/feed/askForFeed.js";
import { onCommentWritten } from "../../src/feed/onCommentWritten.js";
import { onSaveWritten } from "../../src/feed/onSaveWritten.js";
import { onFollowWritten } from "../../src/follows/onFollowWritten.js";
import { recordPlayback } from "../../src/music/recordPlayback.js";
import { onProfileWritten } from "../../src/search/onProfileWritten.js";
import { onShowWritten } from "../../src/shows/onShowWritten.js";

/** What another service tells the functions, once, twice, late or never. */
export interface Signal {
  readonly kind: "trigger" | "webhook";
  /** Rejects if it has to come again. */
  deliver(deps: Dependencies): Promise<unknown>;
}

/** A document before and after a commit. */
export interface Change {
  readonly before: DocumentSnapshot;
  readonly after: DocumentSnapshot;
}

type Handler = (deps: Dependencies, data: Change, ids: readonly string[]) => Promise<unknown>;

const requestFeed: Handler = (deps, _, [, showId = ""]) => askForFeed(deps, showId);

/** The triggers by the pattern of their documents. */
const triggers: Readonly<Record<string, Handler>> = {
  "shows/*": (deps, data, [, showId = ""]) => onShowWritten(deps, { data, params: { showId } }),
  "shows/*/participants/*": (deps, data, [, showId = "", , uid = ""]) =>
    onParticipantWritten(deps, { data, params: { showId, uid } }),
  "shows/*/comments/*": (deps, data, [, showId = "", , commentId = ""]) =>
    onCommentWritten(deps, { data, params: { showId, commentId } }),
  "shows/*/saves/*": (deps, data, [, showId = "", , uid = ""]) =>
    onSaveWritten(deps, { data, params: { showId, uid } }),
  "shows/*/reactions/*": requestFeed,
  "shows/*/songRequests/*": requestFeed,
  "shows/*/songVotes/*": requestFeed,
  "shows/*/playback/*": async (deps, { after }, [, showId = ""]) => {
    const playback = playbackDocument.safeParse(after.data());
    if (playback.success) await recordPlayback(deps, showId, playback.data);
  },
  "users/*/following/*": (deps, _, [, uid = "", , creatorUid = ""]) =>
    onFollowWritten(deps, { params: { uid, creatorUid } }),
  "users/*/blocked/*": (deps, _, [, uid = "", , otherUid = ""]) =>
    onBlockWritten(deps, { params: { uid, otherUid } }),
  "users/*": (deps, data, [, uid = ""]) => onProfileWritten(deps, { data, params: { uid } }),
};

/** The event of a committed change; undefined if no trigger watches the document. */
export function triggerOf(change: Change): Signal | undefined {
  const { path } = change.after.ref;
  const ids = path.split("/");
  const handle = triggers[ids.map((id, index) => (index % 2 === 0 ? id : "*")).join("/")];
  return handle && { kind: "trigger", deliver: (deps) => handle(deps, change, ids) };
}
