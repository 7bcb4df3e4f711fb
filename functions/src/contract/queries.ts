/**
 * One query, without its values. The Firestore emulator runs any query, production only those whose
 * index is deployed: so every query of the app and the server is declared here, and a test derives
 * from each what `firestore.indexes.json` must hold.
 */
export interface QueryDeclaration {
  /** The collection's own id: the last part of its path. */
  readonly collection: string;
  /** `group`: across all collections with that id, at any path. */
  readonly scope: "collection" | "group";
  readonly filters: readonly Filter[];
  readonly order: readonly Order[];
}

type Filter = readonly [field: string, operator: "==" | "in" | "array-contains" | "<=" | ">"];
type Order = readonly [field: string, direction: "asc" | "desc"];

const is = (field: string): Filter => [field, "=="];
const isIn = (field: string): Filter => [field, "in"];
const contains = (field: string): Filter => [field, "array-contains"];
const upTo = (field: string): Filter => [field, "<="];
const after = (field: string): Filter => [field, ">"];
const asc = (field: string): Order => [field, "asc"];
const desc = (field: string): Order => [field, "desc"];

const collection = (id: string, filters: readonly Filter[], order: readonly Order[] = []) =>
  ({ collection: id, scope: "collection", filters, order }) as const;
const group = (id: string, filters: readonly Filter[], order: readonly Order[] = []) =>
  ({ collection: id, scope: "group", filters, order }) as const;

export const queries = {
  /** Discovery: what is on now, the fullest first. */
  livePublicShows: collection(
    "shows",
    [is("visibility"), is("status")],
    [desc("audience.listeners"), desc("__name__")],
  ),
  /** Discovery: what comes next, without what nobody started long ago. */
  upcomingPublicShows: collection(
    "shows",
    [is("visibility"), is("status"), after("scheduledFor")],
    [asc("scheduledFor"), asc("__name__")],
  ),
  /**
   * For apps: discovery in one list, `status in ["live", "scheduled"]`. Without an order, because a show that went live
   * straight from a draft has no `scheduledFor`.
   */
  currentPublicShows: collection("shows", [is("visibility"), isIn("status")]),
  /** Discovery: what has just begun, whatever its audience. */
  newestLivePublicShows: collection(
    "shows",
    [is("visibility"), is("status")],
    [desc("startedAt"), desc("__name__")],
  ),
  livePublicShowsWithTag: collection(
    "shows",
    [is("visibility"), is("status"), contains("tags")],
    [desc("audience.listeners"), desc("__name__")],
  ),
  upcomingPublicShowsWithTag: collection(
    "shows",
    [is("visibility"), is("status"), contains("tags"), after("scheduledFor")],
    [asc("scheduledFor"), asc("__name__")],
  ),
  /** The live shows of up to 30 creators. */
  livePublicShowsOf: collection(
    "shows",
    [is("visibility"), is("status"), isIn("creatorUid")],
    [desc("startedAt")],
  ),
  /** The upcoming shows of up to 30 creators. */
  upcomingPublicShowsOf: collection(
    "shows",
    [is("visibility"), is("status"), isIn("creatorUid"), after("scheduledFor")],
    [asc("scheduledFor"), asc("__name__")],
  ),
  showsByWord: collection(
    "showSearch",
    [contains("prefixes")],
    [asc("rank"), desc("at"), desc("__name__")],
  ),
  creatorsByWord: collection(
    "creatorSearch",
    [contains("prefixes")],
    [desc("followerCount"), desc("__name__")],
  ),
  /** A creator's page, as others see it. */
  publicShowsOfCreator: collection(
    "shows",
    [is("visibility"), is("status"), is("creatorUid")],
    [desc("startedAt"), desc("__name__")],
  ),
  /** A creator's own shows, drafts included. */
  ownShows: collection("shows", [is("creatorUid")], [desc("createdAt"), desc("__name__")]),
  /** A creator's own ended shows, to compare them. */
  ownEndedShows: collection("shows", [is("creatorUid"), is("status")], [desc("startedAt")]),
  /** A creator's shows in the given statuses. */
  showsInStatus: collection("shows", [is("creatorUid"), isIn("status")]),
  /** A creator's shows in the given visibilities: those that a suspension withholds. */
  showsInVisibility: collection("shows", [is("creatorUid"), isIn("visibility")], [asc("__name__")]),
  /** Scheduled shows whose time has passed. */
  overdueShows: collection("shows", [is("status"), upTo("scheduledFor")], [asc("scheduledFor")]),
  /** Drafts that nobody has touched for long. */
  abandonedDrafts: collection("shows", [is("status"), upTo("updatedAt")], [asc("updatedAt")]),
  /** The server's sweep over everything that is on. */
  liveShows: collection("shows", [is("status")]),
  /** The server's sweep, over ended shows whose end is not cleaned up. */
  uncleanStages: collection("stages", [is("cleanup")]),
  /** Ended shows whose conversation has been kept long enough. */
  oldConversations: collection("stages", [upTo("conversationSince")], [asc("conversationSince")]),
  /** Ended shows whose plays have been kept long enough. */
  oldPlays: collection("stages", [upTo("playsSince")], [asc("playsSince")]),
  /** Whose lease is over: the sweep looks at them. */
  expiredLeases: collection("leases", [upTo("aliveUntil")], [asc("aliveUntil")]),
  /**
   * Who is connected, according to LiveKit's webhooks. Ordered, so that the sweep can take them range by range, the
   * newest last: new connections appear only there.
   */
  connectedLeases: collection("leases", [is("aliveUntil")], [asc("connectedSince")]),
  /** The latest changes of the playback, for the summary. */
  latestChanges: collection("timeline", [], [desc("sequence")]),
  /** The tracks that a live show's playlist lost, for its setlist. */
  removedTracks: collection("removedTracks", []),
  /** Who opened a show's music in Spotify. */
  opensInSpotify: collection("saves", [is("opened")]),
  /** Who saved a show's music in Spotify. */
  savesInSpotify: collection("saves", [is("saved")]),
  /** The comments since a time, for their rate. */
  commentsSince: collection("comments", [after("createdAt")]),
  /** The comments that listeners and the digest read. */
  visibleComments: collection("comments", [is("hidden")], [desc("createdAt")]),
  /** The comments that a host reads. */
  allComments: collection("comments", [], [desc("createdAt")]),
  /** One person's in a show, hidden ones included: to hide them all, and for apps. */
  ownComments: collection("comments", [is("authorUid")], [desc("createdAt")]),
  /** The hosts' list, first come first served. */
  pendingSpeakRequests: collection("speakRequests", [is("status")], [asc("createdAt")]),
  /** The requests whose votes the feed counts. */
  openSongRequests: collection("songRequests", [is("status")], [asc("createdAt")]),
  /** One person's open requests, of which there can be few. */
  openSongRequestsBy: collection(
    "songRequests",
    [is("requestedBy"), is("status")],
    [asc("createdAt")],
  ),
  /** For apps: what became of one's own requests. */
  ownSongRequests: collection("songRequests", [is("requestedBy")], [desc("createdAt")]),
  /** Who votes for a request. */
  votesForSong: collection("songVotes", [contains("requestIds")]),
  /** Who is in the show, in the order of arrival. */
  presentParticipants: collection("participants", [is("state")], [asc("joinedAt")]),
  /** The people present in these roles, for the audience count, the taken seats and the stage. */
  presentByRole: collection("participants", [is("state"), isIn("role")]),
  /** The next leader while the creator is away: the cohost who joined first. */
  presentCohosts: collection("participants", [is("state"), is("role")], [asc("joinedAt")]),
  /** The hosts' list of who may not come back. */
  bans: collection("bans", [], [desc("at")]),
  /** Whom a person has blocked. */
  blockedPeople: collection("blocked", [], [desc("createdAt")]),
  /** Whom a person follows. */
  followedPeople: collection("following", [], [desc("createdAt"), desc("__name__")]),
  /** Who follows a creator, for the creator. */
  newestFollowersOf: group("following", [is("creatorUid")], [desc("createdAt"), desc("__name__")]),
  /** Creators with followers, whose number is counted again each day. */
  followedCreators: collection("users", [after("followerCount")], [desc("followerCount")]),
  /** The admins' queue. */
  reportsInState: collection("reports", [is("state")], [asc("priority"), asc("createdAt")]),
  /** The same decision about the same person, on other reports, the latest first. */
  decisionsAbout: collection(
    "reports",
    [is("about.uid"), is("decided.decision")],
    [desc("decided.at")],
  ),
  /** A person's notices, for themselves. */
  notices: collection("notices", [], [desc("createdAt")]),
  /** What admins did, the latest first. */
  latestAudit: collection("audit", [], [desc("at")]),
  everyAuditAbout: collection("audit", [is("uid")], [asc("__name__")]),
  /** Suspensions that broke off before they took effect everywhere. */
  unappliedSuspensions: collection("suspensions", [is("isApplied")]),
  /** Suspensions that are over, by time or because an admin lifted them. */
  endedSuspensions: collection("suspensions", [upTo("until")], [asc("until")]),
  unappliedAdmins: collection("admins", [is("isApplied")]),
  /** The shows that a person is in. */
  presencesOf: group("participants", [is("uid"), is("state")], [desc("joinedAt")]),
  /** The shows that a person is in or has lost the connection to. */
  staysOf: group("participants", [is("uid"), isIn("state")], [desc("joinedAt")]),
  participationsOf: group("participants", [is("uid")], [desc("joinedAt")]),
  commentsBy: group("comments", [is("authorUid")], [desc("createdAt")]),
  /** For apps: what a person has asked in every show. */
  speakRequestsOf: group("speakRequests", [is("uid")], [desc("createdAt")]),
  // Everything of one person, for the deletion and the export of their account: in the order of the paths, so that a
  // page continues after the last path of the previous one.
  everyoneFollowed: collection("following", [], [asc("__name__")]),
  everyNoticeOf: collection("notices", [], [asc("__name__")]),
  noticesAbout: group("notices", [is("about.uid")], [asc("__name__")]),
  /** For the sweep that carries out blocks whose event was lost. */
  blocksSince: group("blocked", [after("createdAt")], [asc("createdAt")]),
  everyBlockBy: collection("blocked", [], [asc("__name__")]),
  everyReminderOf: collection("reminders", [], [asc("__name__")]),
  everyNotificationOf: collection("inbox", [], [asc("__name__")]),
  notificationsAbout: group("inbox", [is("creatorUid")], [asc("__name__")]),
  remindersOf: group("reminders", [is("showId")], [asc("__name__")]),
  /** The devices of up to 30 people. */
  devicesOfSome: collection("devices", [isIn("uid")]),
  /** For apps: the inbox, the latest first. */
  inboxOf: collection("inbox", [], [desc("createdAt"), desc("__name__")]),
  /** For apps: what of the inbox is unread. */
  unreadOf: collection("inbox", [is("readAt")]),
  devicesOf: collection("devices", [is("uid")], [asc("__name__")]),
  followersOf: group("following", [is("creatorUid")], [asc("__name__")]),
  /** Who followed a creator after a moment. */
  newFollowersOf: group("following", [is("creatorUid"), after("createdAt")], [desc("createdAt")]),
  followListsWith: group("private", [contains("creatorUids")], [asc("__name__")]),
  everyPlaceOf: group("participants", [is("uid")], [asc("__name__")]),
  everyCommentOf: group("comments", [is("authorUid")], [asc("__name__")]),
  repliesTo: group("comments", [is("replyTo.authorUid")], [asc("__name__")]),
  commentsMentioning: group("comments", [contains("mentions")], [asc("__name__")]),
  requestsDecidedBy: group("speakRequests", [is("decidedBy")], [asc("__name__")]),
  everySongRequestBy: group("songRequests", [is("requestedBy")], [asc("__name__")]),
  songRequestsDecidedBy: group("songRequests", [is("decidedBy")], [asc("__name__")]),
  playbackBy: group("playback", [is("by")], [asc("__name__")]),
  timelineBy: group("timeline", [is("by")], [asc("__name__")]),
  tracksAddedBy: group("trackRequests", [is("by")], [asc("__name__")]),
  bansBy: group("bans", [is("by")], [asc("__name__")]),
  bansOf: group("bans", [is("uid")], [asc("__name__")]),
  everyShowOf: collection("shows", [is("creatorUid")], [asc("__name__")]),
  searchedShowsOf: collection("showSearch", [is("creatorUid")], [asc("__name__")]),
  showsLedBy: collection("shows", [is("hostUid")], [asc("__name__")]),
  reportsBy: collection("reports", [is("reporterUid")], [asc("__name__")]),
  reportsAbout: collection("reports", [is("uid")], [asc("__name__")]),
  /** Whose account at Stripe it is. */
  supportAccountOf: collection("supportAccounts", [is("accountId")]),
  /** Payments about which the server asks Stripe, in case an event was lost. */
  duePayments: collection("payments", [upTo("checkAt")], [asc("checkAt")]),
  /** What a person has given, the latest first. */
  supportGiven: collection("payments", [is("supporterUid")], [desc("createdAt"), desc("__name__")]),
  /** What a creator has received, the latest first. */
  supportReceived: collection(
    "payments",
    [is("creatorUid"), isIn("status")],
    [desc("createdAt"), desc("__name__")],
  ),
  everyPaymentBy: collection("payments", [is("supporterUid")], [asc("__name__")]),
  everyPaymentTo: collection("payments", [is("creatorUid")], [asc("__name__")]),
  /** People who have requested the deletion of their account, and may still be in shows. */
  deletionsInShows: collection("deletions", [is("isOut")]),
  /** Whose deletion is due. */
  dueDeletions: collection("deletions", [upTo("dueAt")], [asc("dueAt")]),
} as const satisfies Record<string, QueryDeclaration>;
