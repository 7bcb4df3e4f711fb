import type { DocumentSnapshot } from "firebase-admin/firestore";
import { onParticipantWritten } from "../../src/audience/onParticipantWritten.js";
import { onBlockWritten } from "../../src/blocks/onBlockWritten.js";
import { playbackDocument } from "../../src/contract/music.js";
import type { Dependencies } from "../../src/dependencies.js";
import { askForFeed } from "../../src/feed/askForFeed.js";
import { onCommentWritten } from "../../src/feed/onCommentWritten.js";
import { onSaveWritten } from "../../src/feed/onSaveWritten.js";
import { onFollowWritten } from "../../src/follows/onFollowWritten.js";
import type { FunctionName } from "../../src/functionOptions.js";
import { recordPlayback } from "../../src/music/recordPlayback.js";
import { onProfileWritten } from "../../src/search/onProfileWritten.js";
import { onShowWritten } from "../../src/shows/onShowWritten.js";
import { onCredentialsDeleted } from "../../src/identity/onCredentialsDeleted.js";

/** What another service tells the functions, once, twice, late or never. */
export interface Signal {
  readonly kind: "trigger" | "webhook";
  /** The deployed function that receives it. */
  readonly runs: FunctionName;
  /** Rejects if it has to come again. */
  deliver(deps: Dependencies): Promise<unknown>;
}

/** A document before and after a commit. */
export interface Change {
  readonly before: DocumentSnapshot;
  readonly after: DocumentSnapshot;
}

interface Trigger {
  readonly runs: FunctionName;
  /** The pattern of its documents. */
  readonly documents: string;
  /** Only of documents that were deleted. */
  readonly isForDeletions?: true;
  handle(deps: Dependencies, data: Change, ids: readonly string[]): Promise<unknown>;
}

const requestFeed: Trigger["handle"] = (deps, _, [, showId = ""]) => askForFeed(deps, showId);

export const triggers: readonly Trigger[] = [
  {
    runs: "onShowWritten",
    documents: "shows/*",
    handle: (deps, data, [, showId = ""]) => onShowWritten(deps, { data, params: { showId } }),
  },
  {
    runs: "onParticipantWritten",
    documents: "shows/*/participants/*",
    handle: (deps, data, [, showId = "", , uid = ""]) =>
      onParticipantWritten(deps, { data, params: { showId, uid } }),
  },
  {
    runs: "onCommentWritten",
    documents: "shows/*/comments/*",
    handle: (deps, data, [, showId = "", , commentId = ""]) =>
      onCommentWritten(deps, { data, params: { showId, commentId } }),
  },
  {
    runs: "onSaveWritten",
    documents: "shows/*/saves/*",
    handle: (deps, data, [, showId = "", , uid = ""]) =>
      onSaveWritten(deps, { data, params: { showId, uid } }),
  },
  { runs: "onReactionWritten", documents: "shows/*/reactions/*", handle: requestFeed },
  { runs: "onSongRequestWritten", documents: "shows/*/songRequests/*", handle: requestFeed },
  { runs: "onSongVoteWritten", documents: "shows/*/songVotes/*", handle: requestFeed },
  {
    runs: "onPlaybackWritten",
    documents: "shows/*/playback/*",
    async handle(deps, { after }, [, showId = ""]) {
      const playback = playbackDocument.safeParse(after.data());
      if (playback.success) await recordPlayback(deps, showId, playback.data);
    },
  },
  {
    runs: "onFollowWritten",
    documents: "users/*/following/*",
    handle: (deps, _, [, uid = "", , creatorUid = ""]) =>
      onFollowWritten(deps, { params: { uid, creatorUid } }),
  },
  {
    runs: "onBlockWritten",
    documents: "users/*/blocked/*",
    handle: (deps, _, [, uid = "", , otherUid = ""]) =>
      onBlockWritten(deps, { params: { uid, otherUid } }),
  },
  {
    runs: "onProfileWritten",
    documents: "users/*",
    handle: (deps, data, [, uid = ""]) => onProfileWritten(deps, { data, params: { uid } }),
  },
  {
    runs: "onCredentialsDeleted",
    documents: "spotifyCredentials/*",
    isForDeletions: true,
    handle: (deps, _, [, uid = ""]) => onCredentialsDeleted(deps, { params: { uid } }),
  },
];

/** The event of a committed change; undefined if no trigger watches the document. */
export function triggerOf(change: Change): Signal | undefined {
  const { path } = change.after.ref;
  const ids = path.split("/");
  const pattern = ids.map((id, index) => (index % 2 === 0 ? id : "*")).join("/");
  const found = triggers.find(({ documents }) => documents === pattern);
  if (!found || (found.isForDeletions && change.after.exists)) return undefined;
  return {
    kind: "trigger",
    runs: found.runs,
    deliver: (deps) => found.handle(deps, change, ids),
  };
}
