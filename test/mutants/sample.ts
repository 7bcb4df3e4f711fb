/** A mutant, and a test that kills it. */
interface KilledMutant {
  readonly mutant: string;
  /** The test's file and full title. */
  readonly killedBy: string;
}

const users = "test/rules/users.test.ts › users";
const search = "test/rules/search.test.ts › the search";
const comments = "test/rules/comments.test.ts › shows/comments";

/** At least one mutant of each kind, for `npm test`. `npm run rules:mutate` tries them all. */
export const sample: readonly KilledMutant[] = [
  {
    mutant: "always allow | /users/{uid} allow get | isSignedIn() → true",
    killedBy: `${users} reading hides profiles from signed-out callers`,
  },
  {
    mutant: "widen verbs | /users/{uid} allow get | get → get, list",
    killedBy: `${users} reading refuses to list a page of profiles`,
  },
  {
    mutant: "widen verbs | /users/{uid} allow update | update → update, create",
    killedBy: `${users} refuses to create or delete a profile`,
  },
  {
    mutant: "drop conjunct | /users/{uid} allow update | isMe(uid) → true",
    killedBy: `${users} refuses an edit of another person's profile`,
  },
  {
    mutant:
      "drop name | /users/{uid} function isEditOfTheProfile | 'supportLink' of changed.hasOnly(['bio', 'links', 'supportLink', 'updatedAt']) → dropped",
    killedBy: `${users} editing one's own profile accepts a support link`,
  },
  {
    mutant:
      "shift bound | /users/{uid} function isValidBio | bio.size() <= 500 → bio.size() <= 501",
    killedBy: `${users} editing one's own profile refuses a bio of 501 characters`,
  },
  {
    mutant:
      "swap equality | /users/{uid} function isEditOfTheProfile | request.resource.data.updatedAt == request.time → !=",
    killedBy: `${users} editing one's own profile accepts a bio`,
  },
  {
    mutant:
      "shift bound | /showSearch/{showId} allow list | request.query.limit <= 50 → request.query.limit <= 51",
    killedBy: `${search} refuses pages of more than 50, and lists without a limit`,
  },
  {
    mutant:
      "swap logic | /showSearch/{showId} allow list | isSignedIn() && request.query.limit <= 50 → ||",
    killedBy: `${search} refuses pages of more than 50, and lists without a limit`,
  },
  {
    mutant:
      "swap getAfter | /shows/{showId}/comments/{commentId} function carriesItsStamp | getAfter(/databases/$(database)/documents/shows/$(showId)/activity/$(request.auth.uid)) → get",
    killedBy: `${comments} creating accepts one letter`,
  },
  {
    mutant:
      "drop conjunct | /shows/{showId}/comments/{commentId} allow create | carriesItsStamp() → true",
    killedBy: `${comments} creating requires a stamp`,
  },
  {
    mutant:
      "negate | /shows/{showId}/comments/{commentId} allow update | !('hiddenByReport' in resource.data) → ('hiddenByReport' in resource.data)",
    killedBy: `${comments} cannot be shown again by a host after an admin has hidden it`,
  },
  {
    mutant:
      "drop name | /shows/{showId}/comments/{commentId} function isReplyToVisible | 'authorUid' of hasExactly(replyTo, ['commentId', 'authorUid']) → dropped",
    killedBy: `${comments} replying lets Ada, who is present, reply to a visible comment`,
  },
];
