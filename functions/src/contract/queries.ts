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
  readonly filters: readonly (readonly [
    field: string,
    operator: "==" | "in" | "array-contains" | "<=" | ">",
  ])[];
  readonly order: readonly (readonly [field: string, direction: "asc" | "desc"])[];
}

export const queries = {
  /** Discovery: what is on now, the fullest first. */
  livePublicShows: {
    collection: "shows",
    scope: "collection",
    filters: [
      ["visibility", "=="],
      ["status", "=="],
    ],
    order: [
      ["audience.listeners", "desc"],
      ["__name__", "desc"],
    ],
  },
  /** Discovery: what comes next, without what nobody started long ago. */
  upcomingPublicShows: {
    collection: "shows",
    scope: "collection",
    filters: [
      ["visibility", "=="],
      ["status", "=="],
      ["scheduledFor", ">"],
    ],
    order: [
      ["scheduledFor", "asc"],
      ["__name__", "asc"],
    ],
  },
  /** For apps: discovery in one list, `status in ["live", "scheduled"]`. */
  currentPublicShows: {
    collection: "shows",
    scope: "collection",
    filters: [
      ["visibility", "=="],
      ["status", "in"],
    ],
    // A show that went live straight from a draft has no scheduledFor to be ordered by.
    order: [],
  },
  /** Discovery: what has just begun, whatever its audience. */
  newestLivePublicShows: {
    collection: "shows",
    scope: "collection",
    filters: [
      ["visibility", "=="],
      ["status", "=="],
    ],
    order: [
      ["startedAt", "desc"],
      ["__name__", "desc"],
    ],
  },
  livePublicShowsWithTag: {
    collection: "shows",
    scope: "collection",
    filters: [
      ["visibility", "=="],
      ["status", "=="],
      ["tags", "array-contains"],
    ],
    order: [
      ["audience.listeners", "desc"],
      ["__name__", "desc"],
    ],
  },
  upcomingPublicShowsWithTag: {
    collection: "shows",
    scope: "collection",
    filters: [
      ["visibility", "=="],
      ["status", "=="],
      ["tags", "array-contains"],
      ["scheduledFor", ">"],
    ],
    order: [
      ["scheduledFor", "asc"],
      ["__name__", "asc"],
    ],
  },
  /** What is on at up to 30 creators. */
  livePublicShowsOf: {
    collection: "shows",
    scope: "collection",
    filters: [
      ["visibility", "=="],
      ["status", "=="],
      ["creatorUid", "in"],
    ],
    order: [["startedAt", "desc"]],
  },
  /** What comes at up to 30 creators. */
  upcomingPublicShowsOf: {
    collection: "shows",
    scope: "collection",
    filters: [
      ["visibility", "=="],
      ["status", "=="],
      ["creatorUid", "in"],
      ["scheduledFor", ">"],
    ],
    order: [
      ["scheduledFor", "asc"],
      ["__name__", "asc"],
    ],
  },
  showsByWord: {
    collection: "showSearch",
    scope: "collection",
    filters: [["prefixes", "array-contains"]],
    order: [
      ["rank", "asc"],
      ["at", "desc"],
      ["__name__", "desc"],
    ],
  },
  creatorsByWord: {
    collection: "creatorSearch",
    scope: "collection",
    filters: [["prefixes", "array-contains"]],
    order: [
      ["followerCount", "desc"],
      ["__name__", "desc"],
    ],
  },
  /** A creator's page, as others see it. */
  publicShowsOfCreator: {
    collection: "shows",
    scope: "collection",
    filters: [
      ["visibility", "=="],
      ["status", "=="],
      ["creatorUid", "=="],
    ],
    order: [
      ["startedAt", "desc"],
      ["__name__", "desc"],
    ],
  },
  /** A creator's own shows, drafts included. */
  ownShows: {
    collection: "shows",
    scope: "collection",
    filters: [["creatorUid", "=="]],
    order: [
      ["createdAt", "desc"],
      ["__name__", "desc"],
    ],
  },
  /** A creator's own ended shows, to compare them. */
  ownEndedShows: {
    collection: "shows",
    scope: "collection",
    filters: [
      ["creatorUid", "=="],
      ["status", "=="],
    ],
    order: [["startedAt", "desc"]],
  },
  /** A creator's shows in the given statuses. */
  showsInStatus: {
    collection: "shows",
    scope: "collection",
    filters: [
      ["creatorUid", "=="],
      ["status", "in"],
    ],
    order: [],
  },
  /** A creator's shows in the given visibilities: those that a suspension withholds. */
  showsInVisibility: {
    collection: "shows",
    scope: "collection",
    filters: [
      ["creatorUid", "=="],
      ["visibility", "in"],
    ],
    order: [["__name__", "asc"]],
  },
  /** Scheduled shows whose time has passed. */
  overdueShows: {
    collection: "shows",
    scope: "collection",
    filters: [
      ["status", "=="],
      ["scheduledFor", "<="],
    ],
    order: [["scheduledFor", "asc"]],
  },
  /** Drafts that nobody has touched for long. */
  abandonedDrafts: {
    collection: "shows",
    scope: "collection",
    filters: [
      ["status", "=="],
      ["updatedAt", "<="],
    ],
    order: [["updatedAt", "asc"]],
  },
  /** The server's sweep over everything that is on. */
  liveShows: {
    collection: "shows",
    scope: "collection",
    filters: [["status", "=="]],
    order: [],
  },
  /** The server's sweep, over ended shows whose end is not cleaned up. */
  uncleanStages: {
    collection: "stages",
    scope: "collection",
    filters: [["cleanup", "=="]],
    order: [],
  },
  /** Ended shows whose conversation has been kept long enough. */
  oldConversations: {
    collection: "stages",
    scope: "collection",
    filters: [["conversationSince", "<="]],
    order: [["conversationSince", "asc"]],
  },
  /** Ended shows whose plays have been kept long enough. */
  oldPlays: {
    collection: "stages",
    scope: "collection",
    filters: [["playsSince", "<="]],
    order: [["playsSince", "asc"]],
  },
  /** Whose lease is over: the sweep looks at them. */
  expiredLeases: {
    collection: "leases",
    scope: "collection",
    filters: [["aliveUntil", "<="]],
    order: [["aliveUntil", "asc"]],
  },
  /** Who is connected, as far as LiveKit's webhooks told. */
  connectedLeases: {
    collection: "leases",
    scope: "collection",
    filters: [["aliveUntil", "=="]],
    // So that the sweep can take them range by range, the newest last: new connections appear only there.
    order: [["connectedSince", "asc"]],
  },
  /** What was played last, for the summary. */
  latestChanges: {
    collection: "timeline",
    scope: "collection",
    filters: [],
    order: [["sequence", "desc"]],
  },
  /** The tracks that a live show's playlist lost, for its setlist. */
  removedTracks: {
    collection: "removedTracks",
    scope: "collection",
    filters: [],
    order: [],
  },
  /** Who opened a show's music in Spotify. */
  opensInSpotify: {
    collection: "saves",
    scope: "collection",
    filters: [["opened", "=="]],
    order: [],
  },
  /** Who saved a show's music in Spotify. */
  savesInSpotify: {
    collection: "saves",
    scope: "collection",
    filters: [["saved", "=="]],
    order: [],
  },
  /** How fast comments come. */
  commentsSince: {
    collection: "comments",
    scope: "collection",
    filters: [["createdAt", ">"]],
    order: [],
  },
  /** What a listener reads, and the digest. */
  visibleComments: {
    collection: "comments",
    scope: "collection",
    filters: [["hidden", "=="]],
    order: [["createdAt", "desc"]],
  },
  /** What a host reads. */
  allComments: {
    collection: "comments",
    scope: "collection",
    filters: [],
    order: [["createdAt", "desc"]],
  },
  /** One person's in a show, hidden ones included: to hide them all, and for apps. */
  ownComments: {
    collection: "comments",
    scope: "collection",
    filters: [["authorUid", "=="]],
    order: [["createdAt", "desc"]],
  },
  /** The hosts' list, first come first served. */
  pendingSpeakRequests: {
    collection: "speakRequests",
    scope: "collection",
    filters: [["status", "=="]],
    order: [["createdAt", "asc"]],
  },
  /** The requests whose votes the feed counts. */
  openSongRequests: {
    collection: "songRequests",
    scope: "collection",
    filters: [["status", "=="]],
    order: [["createdAt", "asc"]],
  },
  /** One person's open requests, of which there can be few. */
  openSongRequestsBy: {
    collection: "songRequests",
    scope: "collection",
    filters: [
      ["requestedBy", "=="],
      ["status", "=="],
    ],
    order: [["createdAt", "asc"]],
  },
  /** For apps: what became of one's own requests. */
  ownSongRequests: {
    collection: "songRequests",
    scope: "collection",
    filters: [["requestedBy", "=="]],
    order: [["createdAt", "desc"]],
  },
  /** Who votes for a request. */
  votesForSong: {
    collection: "songVotes",
    scope: "collection",
    filters: [["requestIds", "array-contains"]],
    order: [],
  },
  /** Who is in the show, in the order of arrival. */
  presentParticipants: {
    collection: "participants",
    scope: "collection",
    filters: [["state", "=="]],
    order: [["joinedAt", "asc"]],
  },
  /** The people present in these roles, for the audience count, the taken seats and the stage. */
  presentByRole: {
    collection: "participants",
    scope: "collection",
    filters: [
      ["state", "=="],
      ["role", "in"],
    ],
    order: [],
  },
  /** The next leader while the creator is away: the cohost who joined first. */
  presentCohosts: {
    collection: "participants",
    scope: "collection",
    filters: [
      ["state", "=="],
      ["role", "=="],
    ],
    order: [["joinedAt", "asc"]],
  },
  /** The hosts' list of who may not come back. */
  bans: {
    collection: "bans",
    scope: "collection",
    filters: [],
    order: [["at", "desc"]],
  },
  /** Whom a person has blocked. */
  blockedPeople: {
    collection: "blocked",
    scope: "collection",
    filters: [],
    order: [["createdAt", "desc"]],
  },
  /** Whom a person follows. */
  followedPeople: {
    collection: "following",
    scope: "collection",
    filters: [],
    order: [
      ["createdAt", "desc"],
      ["__name__", "desc"],
    ],
  },
  /** Who follows a creator, for the creator. */
  newestFollowersOf: {
    collection: "following",
    scope: "group",
    filters: [["creatorUid", "=="]],
    order: [
      ["createdAt", "desc"],
      ["__name__", "desc"],
    ],
  },
  /** Creators with followers, whose number is counted again each day. */
  followedCreators: {
    collection: "users",
    scope: "collection",
    filters: [["followerCount", ">"]],
    order: [["followerCount", "desc"]],
  },
  /** The admins' queue. */
  reportsInState: {
    collection: "reports",
    scope: "collection",
    filters: [["state", "=="]],
    order: [
      ["priority", "asc"],
      ["createdAt", "asc"],
    ],
  },
  /** The same decision about the same person, on other reports, the latest first. */
  decisionsAbout: {
    collection: "reports",
    scope: "collection",
    filters: [
      ["about.uid", "=="],
      ["decided.decision", "=="],
    ],
    order: [["decided.at", "desc"]],
  },
  /** A person's notices, for themselves. */
  notices: {
    collection: "notices",
    scope: "collection",
    filters: [],
    order: [["createdAt", "desc"]],
  },
  /** What admins did, the latest first. */
  latestAudit: {
    collection: "audit",
    scope: "collection",
    filters: [],
    order: [["at", "desc"]],
  },
  everyAuditAbout: {
    collection: "audit",
    scope: "collection",
    filters: [["uid", "=="]],
    order: [["__name__", "asc"]],
  },
  /** Suspensions that broke off before they took effect everywhere. */
  unappliedSuspensions: {
    collection: "suspensions",
    scope: "collection",
    filters: [["isApplied", "=="]],
    order: [],
  },
  /** Suspensions that are over, by time or because an admin lifted them. */
  endedSuspensions: {
    collection: "suspensions",
    scope: "collection",
    filters: [["until", "<="]],
    order: [["until", "asc"]],
  },
  unappliedAdmins: {
    collection: "admins",
    scope: "collection",
    filters: [["isApplied", "=="]],
    order: [],
  },
  /** The shows that a person is in. */
  presencesOf: {
    collection: "participants",
    scope: "group",
    filters: [
      ["uid", "=="],
      ["state", "=="],
    ],
    order: [["joinedAt", "desc"]],
  },
  /** The shows that a person is in or has lost the connection to. */
  staysOf: {
    collection: "participants",
    scope: "group",
    filters: [
      ["uid", "=="],
      ["state", "in"],
    ],
    order: [["joinedAt", "desc"]],
  },
  participationsOf: {
    collection: "participants",
    scope: "group",
    filters: [["uid", "=="]],
    order: [["joinedAt", "desc"]],
  },
  commentsBy: {
    collection: "comments",
    scope: "group",
    filters: [["authorUid", "=="]],
    order: [["createdAt", "desc"]],
  },
  /** For apps: what a person has asked in every show. */
  speakRequestsOf: {
    collection: "speakRequests",
    scope: "group",
    filters: [["uid", "=="]],
    order: [["createdAt", "desc"]],
  },
  // Everything of one person, for the deletion and the export of their account: in the order of the paths, so that a
  // page continues after the last path of the previous one.
  everyoneFollowed: {
    collection: "following",
    scope: "collection",
    filters: [],
    order: [["__name__", "asc"]],
  },
  everyNoticeOf: {
    collection: "notices",
    scope: "collection",
    filters: [],
    order: [["__name__", "asc"]],
  },
  noticesAbout: {
    collection: "notices",
    scope: "group",
    filters: [["about.uid", "=="]],
    order: [["__name__", "asc"]],
  },
  /** For the sweep that carries out blocks whose event was lost. */
  blocksSince: {
    collection: "blocked",
    scope: "group",
    filters: [["createdAt", ">"]],
    order: [["createdAt", "asc"]],
  },
  everyBlockBy: {
    collection: "blocked",
    scope: "collection",
    filters: [],
    order: [["__name__", "asc"]],
  },
  everyReminderOf: {
    collection: "reminders",
    scope: "collection",
    filters: [],
    order: [["__name__", "asc"]],
  },
  everyNotificationOf: {
    collection: "inbox",
    scope: "collection",
    filters: [],
    order: [["__name__", "asc"]],
  },
  notificationsAbout: {
    collection: "inbox",
    scope: "group",
    filters: [["creatorUid", "=="]],
    order: [["__name__", "asc"]],
  },
  remindersOf: {
    collection: "reminders",
    scope: "group",
    filters: [["showId", "=="]],
    order: [["__name__", "asc"]],
  },
  /** The devices of up to 30 people. */
  devicesOfSome: {
    collection: "devices",
    scope: "collection",
    filters: [["uid", "in"]],
    order: [],
  },
  /** For apps: the inbox, the latest first. */
  inboxOf: {
    collection: "inbox",
    scope: "collection",
    filters: [],
    order: [
      ["createdAt", "desc"],
      ["__name__", "desc"],
    ],
  },
  /** For apps: what of the inbox is unread. */
  unreadOf: {
    collection: "inbox",
    scope: "collection",
    filters: [["readAt", "=="]],
    order: [],
  },
  devicesOf: {
    collection: "devices",
    scope: "collection",
    filters: [["uid", "=="]],
    order: [["__name__", "asc"]],
  },
  followersOf: {
    collection: "following",
    scope: "group",
    filters: [["creatorUid", "=="]],
    order: [["__name__", "asc"]],
  },
  /** Who followed a creator after a moment. */
  newFollowersOf: {
    collection: "following",
    scope: "group",
    filters: [
      ["creatorUid", "=="],
      ["createdAt", ">"],
    ],
    order: [["createdAt", "desc"]],
  },
  followListsWith: {
    collection: "private",
    scope: "group",
    filters: [["creatorUids", "array-contains"]],
    order: [["__name__", "asc"]],
  },
  everyPlaceOf: {
    collection: "participants",
    scope: "group",
    filters: [["uid", "=="]],
    order: [["__name__", "asc"]],
  },
  everyCommentOf: {
    collection: "comments",
    scope: "group",
    filters: [["authorUid", "=="]],
    order: [["__name__", "asc"]],
  },
  repliesTo: {
    collection: "comments",
    scope: "group",
    filters: [["replyTo.authorUid", "=="]],
    order: [["__name__", "asc"]],
  },
  commentsMentioning: {
    collection: "comments",
    scope: "group",
    filters: [["mentions", "array-contains"]],
    order: [["__name__", "asc"]],
  },
  requestsDecidedBy: {
    collection: "speakRequests",
    scope: "group",
    filters: [["decidedBy", "=="]],
    order: [["__name__", "asc"]],
  },
  everySongRequestBy: {
    collection: "songRequests",
    scope: "group",
    filters: [["requestedBy", "=="]],
    order: [["__name__", "asc"]],
  },
  songRequestsDecidedBy: {
    collection: "songRequests",
    scope: "group",
    filters: [["decidedBy", "=="]],
    order: [["__name__", "asc"]],
  },
  playbackBy: {
    collection: "playback",
    scope: "group",
    filters: [["by", "=="]],
    order: [["__name__", "asc"]],
  },
  timelineBy: {
    collection: "timeline",
    scope: "group",
    filters: [["by", "=="]],
    order: [["__name__", "asc"]],
  },
  tracksAddedBy: {
    collection: "trackRequests",
    scope: "group",
    filters: [["by", "=="]],
    order: [["__name__", "asc"]],
  },
  bansBy: {
    collection: "bans",
    scope: "group",
    filters: [["by", "=="]],
    order: [["__name__", "asc"]],
  },
  bansOf: {
    collection: "bans",
    scope: "group",
    filters: [["uid", "=="]],
    order: [["__name__", "asc"]],
  },
  everyShowOf: {
    collection: "shows",
    scope: "collection",
    filters: [["creatorUid", "=="]],
    order: [["__name__", "asc"]],
  },
  searchedShowsOf: {
    collection: "showSearch",
    scope: "collection",
    filters: [["creatorUid", "=="]],
    order: [["__name__", "asc"]],
  },
  showsLedBy: {
    collection: "shows",
    scope: "collection",
    filters: [["hostUid", "=="]],
    order: [["__name__", "asc"]],
  },
  reportsBy: {
    collection: "reports",
    scope: "collection",
    filters: [["reporterUid", "=="]],
    order: [["__name__", "asc"]],
  },
  reportsAbout: {
    collection: "reports",
    scope: "collection",
    filters: [["uid", "=="]],
    order: [["__name__", "asc"]],
  },
  /** Whose account at Stripe it is. */
  supportAccountOf: {
    collection: "supportAccounts",
    scope: "collection",
    filters: [["accountId", "=="]],
    order: [],
  },
  /** Payments about which the server asks Stripe, in case an event was lost. */
  duePayments: {
    collection: "payments",
    scope: "collection",
    filters: [["checkAt", "<="]],
    order: [["checkAt", "asc"]],
  },
  /** What a person has given, the latest first. */
  supportGiven: {
    collection: "payments",
    scope: "collection",
    filters: [["supporterUid", "=="]],
    order: [
      ["createdAt", "desc"],
      ["__name__", "desc"],
    ],
  },
  /** What a creator has received, the latest first. */
  supportReceived: {
    collection: "payments",
    scope: "collection",
    filters: [
      ["creatorUid", "=="],
      ["status", "in"],
    ],
    order: [
      ["createdAt", "desc"],
      ["__name__", "desc"],
    ],
  },
  everyPaymentBy: {
    collection: "payments",
    scope: "collection",
    filters: [["supporterUid", "=="]],
    order: [["__name__", "asc"]],
  },
  everyPaymentTo: {
    collection: "payments",
    scope: "collection",
    filters: [["creatorUid", "=="]],
    order: [["__name__", "asc"]],
  },
  /** People who have requested the deletion of their account, and may still be in shows. */
  deletionsInShows: {
    collection: "deletions",
    scope: "collection",
    filters: [["isOut", "=="]],
    order: [],
  },
  /** Whose deletion is due. */
  dueDeletions: {
    collection: "deletions",
    scope: "collection",
    filters: [["dueAt", "<="]],
    order: [["dueAt", "asc"]],
  },
} as const satisfies Record<string, QueryDeclaration>;
