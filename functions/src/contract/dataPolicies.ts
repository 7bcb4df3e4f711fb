/** A person's role in a document. It says how the person's documents are found (`inventory`), and which fields are theirs. */
export type SubjectRole =
  | "owner"
  | "author"
  | "answered"
  | "mentioned"
  | "creator"
  | "actor"
  | "followed"
  | "banned"
  | "reporter"
  | "reported"
  | "supporter"
  | "supported";

/** How a field's personal data is handled. Each field of a document names its policy: `.meta({ data })`. */
export interface DataPolicy {
  readonly personal: boolean;
  /** Whose data it is; null: nobody's. */
  readonly whose: SubjectRole | null;
  readonly why: string;
  readonly keptFor: string;
  /**
   * What deletion does to a person's field: `erase` deletes the whole document, `erase part` deletes what a list or a
   * quotation has of them, `anonymise` writes `replacement`, `anonymise part` does so in those entries of a list that
   * name them.
   */
  readonly onDeletion: "erase" | "erase part" | "anonymise" | "anonymise part" | "keep";
  /** What an anonymised field says; of a map, its other keys stay. Undefined: the field is deleted. */
  readonly replacement?: unknown;
  /** Why `exportAccount` leaves it out. */
  readonly notExported?: string;
  /** Another person whose export also has it. Only `whose` matters for deletions. */
  readonly sharedWith?: SubjectRole;
}

/** The uid in place of everyone whose account was deleted. Real uids begin with `spotify_`. */
export const DELETED_UID = "deleted";

const account = "as long as the account";
const conversation = "30 days after the show's end (`CONVERSATION_RETENTION_DAYS`)";
const plays = "90 days after the show's end (`PLAYS_RETENTION_DAYS`)";
const report =
  "365 days after the decision (`REPORT_RETENTION_DAYS`), and as long as the report is open or an appeal is possible";
const ledger = "10 years after the payment (`SUPPORT_RETENTION_YEARS`), 30 days if nobody paid";
const notPersonal = { personal: false, whose: null, onDeletion: "keep" } as const;

/** Every policy, by the name that the schemas use. */
export const dataPolicies = {
  // People.
  card: {
    personal: true,
    whose: "owner",
    why: "shows others who somebody is",
    keptFor: account,
    onDeletion: "erase",
  },
  profile: {
    personal: true,
    whose: "owner",
    why: "the public profile",
    keptFor: account,
    onDeletion: "erase",
  },
  account: {
    personal: true,
    whose: "owner",
    why: "tells the owner which Spotify account is linked and what it can play",
    keptFor: `${account}, or until Spotify is disconnected`,
    onDeletion: "erase",
  },
  terms: {
    personal: true,
    whose: "owner",
    why: "what the person has agreed to, and whether they may join shows for adults",
    keptFor: account,
    onDeletion: "erase",
  },
  grant: {
    personal: true,
    whose: "owner",
    why: "how long Spotify lets Ambient play music for the person",
    keptFor: "until Spotify is disconnected or its grant ends, at most six months",
    onDeletion: "erase",
  },
  secret: {
    personal: true,
    whose: "owner",
    why: "the tokens with which Ambient calls Spotify for the person, encrypted",
    keptFor: "until Spotify is disconnected or its grant ends, at most six months",
    onDeletion: "erase",
    notExported: "anyone who has it can act for the person at Spotify",
  },
  follow: {
    personal: true,
    whose: "owner",
    why: "whom the person follows",
    keptFor: "until they unfollow",
    onDeletion: "erase",
  },
  block: {
    personal: true,
    whose: "owner",
    why: "whom the person has blocked; it is the blocker's, so the deletion of the other account leaves it",
    keptFor: "until they lift the block",
    onDeletion: "erase",
  },
  hidden: {
    personal: true,
    whose: "owner",
    why: "keeps two people apart if either has blocked the other; deleting the account must not lift others' blocks",
    keptFor: "as long as the blocks",
    onDeletion: "keep",
    notExported: "it would reveal who has blocked the person",
  },
  followed: {
    personal: true,
    whose: "followed",
    why: "finds a creator's followers when the creator's account is deleted",
    keptFor: "until the follower unfollows",
    onDeletion: "erase",
    notExported: "who follows somebody is the follower's data",
  },
  reminder: {
    personal: true,
    whose: "owner",
    why: "which shows the person wants to be reminded of",
    keptFor: "until the show starts, or is cancelled or withdrawn",
    onDeletion: "erase",
  },
  notification: {
    personal: true,
    whose: "owner",
    why: "what the person was notified of",
    keptFor: "30 days (`INBOX_RETENTION_DAYS`)",
    onDeletion: "erase",
  },
  announced: {
    personal: true,
    whose: "creator",
    why: "whose show a notification is about",
    keptFor: "as long as the notification",
    onDeletion: "erase",
    notExported: "who is notified of somebody's shows is the follower's data",
  },
  notificationSettings: {
    personal: true,
    whose: "owner",
    why: "when and how often the person's devices may get notifications",
    keptFor: account,
    onDeletion: "erase",
  },
  device: {
    personal: true,
    whose: "owner",
    why: "delivers notifications to the person's devices, in their language",
    keptFor:
      "until the person signs out there, FCM says the token is gone, or 60 days without a start of the app",
    onDeletion: "erase",
  },
  followedList: {
    personal: true,
    whose: "followed",
    why: "finds the shows of those whom a person follows with one read",
    keptFor: "until the follower unfollows",
    onDeletion: "erase part",
    notExported: "a copy of the follows, which are exported themselves",
  },
  quota: {
    personal: true,
    whose: "owner",
    why: "limits what one person may have at a time",
    keptFor: account,
    onDeletion: "erase",
  },
  allowance: {
    personal: true,
    whose: null,
    why: "limits how often one person may do something; the id is a hash of the uid or the network",
    keptFor: "until the allowance is full again, at most a day",
    onDeletion: "keep",
  },
  deletion: {
    personal: true,
    whose: "owner",
    why: "carries out the deletion, and undoes it if it is cancelled in time",
    keptFor: "until the account is deleted",
    onDeletion: "erase",
  },
  // What a person does in shows.
  participation: {
    personal: true,
    whose: "owner",
    why: "who is in the show, and what they may do there",
    keptFor: conversation,
    onDeletion: "erase",
  },
  activity: {
    personal: true,
    whose: "owner",
    why: "measures slow mode and presence",
    keptFor: conversation,
    onDeletion: "erase",
  },
  lease: {
    personal: true,
    whose: "owner",
    why: "when the server marks the person absent",
    keptFor: "a week after the last sign of life",
    onDeletion: "erase",
  },
  request: {
    personal: true,
    whose: "owner",
    why: "tells hosts who wants to speak, and the person what became of it",
    keptFor: conversation,
    onDeletion: "erase",
  },
  songRequest: {
    personal: true,
    whose: "owner",
    why: "tells hosts which songs the audience would like to hear, and the person what became of their request",
    keptFor: `until the person withdraws it, or ${conversation}`,
    onDeletion: "erase",
  },
  songVote: {
    personal: true,
    whose: "owner",
    why: "counts the votes for the requested songs, each person's once",
    keptFor: conversation,
    onDeletion: "erase",
  },
  reaction: {
    personal: true,
    whose: "owner",
    why: "adds up a show's reactions, each person's once",
    keptFor: conversation,
    onDeletion: "erase",
  },
  use: {
    personal: true,
    whose: "owner",
    why: "counts who opened or saved a show's music in Spotify, each person once",
    keptFor: conversation,
    onDeletion: "erase",
  },
  comment: {
    personal: true,
    whose: "author",
    why: "what a person says in a show",
    keptFor: `until its author deletes it, or ${conversation}`,
    onDeletion: "erase",
  },
  answered: {
    personal: true,
    whose: "answered",
    why: "shows whose comment another one replies to",
    keptFor: "as long as the reply",
    onDeletion: "anonymise",
    replacement: { authorUid: DELETED_UID },
  },
  mentioned: {
    personal: true,
    whose: "mentioned",
    why: "tells people that a comment addresses them",
    keptFor: "as long as the comment",
    onDeletion: "erase part",
    notExported: "the list also names other people",
  },
  quote: {
    personal: true,
    whose: "author",
    why: "brings the latest comments and the song requests to many listeners in one document",
    keptFor: "as long as what it copies",
    onDeletion: "erase part",
    notExported: "copies of comments and song requests, which are exported themselves",
  },
  spoke: {
    personal: true,
    whose: "owner",
    why: "counts a show's speakers, each once",
    keptFor: conversation,
    onDeletion: "erase part",
    notExported: "the list also names other people",
  },
  actor: {
    personal: true,
    whose: "actor",
    why: "which host decided, banned, led the show, or chose the music",
    keptFor: "as long as the document that it is in",
    onDeletion: "anonymise",
    replacement: DELETED_UID,
  },
  // A person's shows. They contain other people's comments, so the show stays, without its creator.
  creator: {
    personal: true,
    whose: "creator",
    why: "whose show it is",
    keptFor: account,
    onDeletion: "anonymise",
    replacement: DELETED_UID,
  },
  creatorCard: {
    personal: true,
    whose: "creator",
    why: "shows in lists whose show it is",
    keptFor: account,
    onDeletion: "anonymise",
    replacement: { displayName: "Deleted account", photoUrl: null },
  },
  title: {
    personal: true,
    whose: "creator",
    why: "announces the show",
    keptFor: account,
    onDeletion: "anonymise",
    replacement: "Deleted show",
  },
  description: {
    personal: true,
    whose: "creator",
    why: "announces the show",
    keptFor: account,
    onDeletion: "anonymise",
    replacement: "",
  },
  showPlaylist: {
    personal: true,
    whose: "creator",
    why: "names the playlist at Spotify that the show plays",
    keptFor: account,
    onDeletion: "anonymise",
  },
  show: {
    personal: true,
    whose: "creator",
    why: "when the show was, and how it was set; without its creator it says nothing of a person",
    keptFor: "always",
    onDeletion: "keep",
  },
  searched: {
    personal: true,
    whose: "creator",
    why: "finds a public show by the words of its title and its creator's name",
    keptFor: "as long as the show is public",
    onDeletion: "erase",
    notExported: "a copy of the show, which is exported itself",
  },
  // Moderation.
  ban: {
    personal: true,
    whose: "banned",
    why: "keeps a banned person out; deleting the account must not lift a ban",
    keptFor: conversation,
    onDeletion: "keep",
  },
  reporter: {
    personal: true,
    whose: "reporter",
    why: "lets admins ask who reported, and recognise misuse",
    keptFor: report,
    onDeletion: "anonymise",
    replacement: DELETED_UID,
  },
  report: {
    personal: true,
    whose: "reporter",
    why: "what was reported, for the admins",
    keptFor: report,
    onDeletion: "keep",
  },
  reported: {
    personal: true,
    whose: "reported",
    why: "evidence: deleting the account must not remove what it is accused of",
    keptFor: report,
    onDeletion: "keep",
    notExported: "it would reveal that somebody reported the person",
  },
  evidence: {
    personal: true,
    whose: "reported",
    why: "what was reported, as it was then, and what was decided: deleting the content destroys no evidence",
    keptFor: report,
    onDeletion: "keep",
    notExported: "it names the reporter and the admins; the person's notices say what was decided",
  },
  appeal: {
    personal: true,
    whose: "reporter",
    why: "what each side says against a decision; the reported person's stays, as evidence",
    keptFor: "until an admin deletes the report",
    onDeletion: "anonymise part",
    replacement: { uid: DELETED_UID },
    notExported: "the other side's appeal is in the same list",
  },
  notice: {
    personal: true,
    whose: "owner",
    why: "tells a person what was decided, why, and how to appeal",
    keptFor: account,
    onDeletion: "erase",
  },
  noticeAbout: {
    personal: true,
    whose: "reported",
    why: "what the decision is about, also for the reporter",
    keptFor: "as long as the notice",
    onDeletion: "anonymise",
    replacement: { uid: DELETED_UID, excerpt: "" },
    notExported: "it may quote another person",
  },
  suspension: {
    personal: true,
    whose: "owner",
    why: "keeps a suspended person out; deleting the account must not lift a suspension",
    keptFor: "until the suspension ends",
    onDeletion: "keep",
  },
  adminRole: {
    personal: true,
    whose: "owner",
    why: "makes a person an admin",
    keptFor: account,
    onDeletion: "anonymise",
    replacement: false,
  },
  adminRecord: {
    personal: true,
    whose: "owner",
    why: "who was an admin: deleting the account must not undo a dismissal",
    keptFor: "always",
    onDeletion: "keep",
  },
  confirmation: {
    personal: true,
    whose: null,
    why: "waits for the second admin",
    keptFor: "a day",
    onDeletion: "keep",
  },
  audited: {
    personal: true,
    whose: "reported",
    why: "whom an admin's action concerned",
    keptFor: `${account}; the rest of the entry always`,
    onDeletion: "anonymise",
    replacement: DELETED_UID,
    notExported: "notices tell the person",
  },
  audit: {
    personal: true,
    whose: null,
    why: "admins answer for what they did, also after their account is deleted",
    keptFor: "always",
    onDeletion: "keep",
  },
  // Payments. Tax law wants the ledger, not the names in it: who paid whom stays at Stripe, under the payment's ids.
  supportAccount: {
    personal: true,
    whose: "owner",
    why: "whether people can support the creator through Stripe, which has the rest",
    keptFor: account,
    onDeletion: "erase",
  },
  supporter: {
    personal: true,
    whose: "supporter",
    why: "who supported a creator",
    keptFor: `${account}, at most ${ledger}`,
    onDeletion: "anonymise",
    replacement: DELETED_UID,
  },
  supporterCard: {
    personal: true,
    whose: "supporter",
    why: "shows the creator who supported them",
    keptFor: `${account}, at most ${ledger}`,
    onDeletion: "anonymise",
    replacement: { displayName: "Deleted account", photoUrl: null },
  },
  supportMessage: {
    personal: true,
    whose: "supporter",
    why: "what the supporter wrote to the creator",
    keptFor: `${account}, at most ${ledger}`,
    onDeletion: "anonymise",
    replacement: "",
  },
  supported: {
    personal: true,
    whose: "supported",
    why: "who was supported",
    keptFor: `${account}, at most ${ledger}`,
    onDeletion: "anonymise",
    replacement: DELETED_UID,
  },
  supportedAccount: {
    personal: true,
    whose: "supported",
    why: "the creator's account at Stripe, which refunds and disputes need",
    keptFor: ledger,
    onDeletion: "keep",
  },
  payment: {
    personal: true,
    whose: "supporter",
    sharedWith: "supported",
    why: "what was paid, when, and what became of it: tax law wants it kept, and refunds and disputes need it",
    keptFor: ledger,
    onDeletion: "keep",
  },
  // Not about people.
  music: { ...notPersonal, why: "what the show plays, and when", keptFor: plays },
  stage: { ...notPersonal, why: "the state of the stage and of the feed", keptFor: plays },
  setlist: { ...notPersonal, why: "which tracks a show played", keptFor: "always" },
  measure: { ...notPersonal, why: "totals of a show", keptFor: "always" },
  filter: {
    ...notPersonal,
    why: "filtered words; who chose them is not stored",
    keptFor: `${conversation}; the words of the whole service, always`,
  },
  showId: {
    ...notPersonal,
    why: "keeps the id of a show from being used again",
    keptFor: "always",
  },
  heartbeat: {
    ...notPersonal,
    why: "shows whether the repair runs",
    keptFor: "until it runs again",
  },
  config: { ...notPersonal, why: "the configuration of the apps", keptFor: "always" },
} as const satisfies Readonly<Record<string, DataPolicy>>;
export type DataPolicyName = keyof typeof dataPolicies;
