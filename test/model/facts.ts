import type { firestore } from "../../functions/test/support/backstage.js";
import { z } from "zod";
import { participantDocument } from "../../functions/src/contract/audience.js";
import { hiddenDocument } from "../../functions/src/contract/blocks.js";
import { feedDocument } from "../../functions/src/contract/feed.js";
import { playbackDocument } from "../../functions/src/contract/music.js";
import { reactionDocument } from "../../functions/src/contract/reactions.js";
import { liveShowDocument, showDocument } from "../../functions/src/contract/shows.js";
import { speakRequestDocument, stageDocument } from "../../functions/src/contract/stage.js";
import { paymentDocument } from "../../functions/src/contract/support.js";
import {
  creator,
  people,
  showNames,
  type Block,
  type Name,
  type Part,
  type StagePlace,
  type ShowName,
  type ShowState,
  type World,
} from "./state.js";

/** Someone in a show's audio room, as LiveKit lists them. */
export interface InRoom {
  readonly name: Name;
  readonly canPublish: boolean;
  readonly publishes: boolean;
}

/** What Firestore and LiveKit say at one moment. */
export interface Facts {
  readonly world: World;
  /** Null: LiveKit has no such room. */
  readonly rooms: Readonly<Record<ShowName, readonly InRoom[] | null>>;
  /** Which show `liveShows` names. */
  readonly registered: ShowName | null;
  /** Those whom the server hides from each other, both ways, in the order of `blocks`. */
  readonly hidden: readonly Block[];
  /** The part of an ended show that must not change; null before its end. */
  readonly frozen: Readonly<Record<ShowName, string | null>>;
  /** The published number of listeners; null before the show is live. */
  readonly published: Readonly<Record<ShowName, number | null>>;
  /** Cents that the ledger counts, and those that the shows' totals count. */
  readonly ledger: { readonly payments: number; readonly totals: number };
  /** The shows whose stage is closing for music. */
  readonly closing: readonly ShowName[];
}

/** A document as the Admin SDK finds it. */
interface Found {
  readonly id: string;
  readonly exists: boolean;
  data(): unknown;
}

interface FoundSeveral {
  readonly docs: readonly Found[];
}

/** Someone connected to an audio room. */
export interface Connected {
  readonly uid: string;
  readonly canPublish: boolean;
  readonly publishes: boolean;
}

/** Where the facts are found. */
export interface Source {
  readonly firestore: typeof firestore;
  readonly uid: (name: Name) => string;
  /** Undefined for the uid of a stranger. */
  readonly nameOf: (uid: string) => Name | undefined;
  readonly showId: (show: ShowName) => string;
  /** Null: there is no such room. */
  readonly room: (showId: string) => Promise<readonly Connected[] | null>;
}

const commentFields = z.object({ authorUid: z.string(), hidden: z.boolean() });
const anyDocument = z.record(z.string(), z.unknown());

export async function readFacts(source: Source): Promise<Facts> {
  const { paths, documents } = await readDocuments(source);
  const at = (path: string): Found | undefined => documents.get(path);
  const [first, second, payments] = await Promise.all([
    readShow(source, "first", at),
    readShow(source, "second", at),
    at(paths.supportAccount)?.exists === true
      ? source.firestore.collection("payments").where("creatorUid", "==", source.uid(creator)).get()
      : { docs: [] },
  ]);
  const byName = <Value>(of: (show: ShowFacts) => Value) => ({
    first: of(first),
    second: of(second),
  });
  const paid = sum(
    payments.docs
      .map((payment) => paymentDocument.parse(payment.data()))
      .filter(({ status }) => status === "paid")
      .map(({ amount }) => amount),
  );
  const registered = parsed(liveShowDocument, at(paths.liveShow))?.showId;
  return {
    world: {
      shows: byName(({ state }) => state),
      blocks: pairs.filter((pair) => at(paths.block(pair))?.exists === true),
      deleted: people.filter((name) => at(paths.user(name))?.exists !== true),
      paid,
    },
    rooms: byName(({ room }) => room),
    registered: showNames.find((show) => source.showId(show) === registered) ?? null,
    hidden: pairs.filter(({ by, of }) =>
      parsed(hiddenDocument, at(paths.hidden(by)))?.uids.includes(source.uid(of)),
    ),
    frozen: byName(({ frozen }) => frozen),
    published: byName(({ published }) => published),
    ledger: { payments: paid, totals: first.support + second.support },
    closing: showNames.filter((show) => byName(({ isClosing }) => isClosing)[show]),
  };
}

const pairs: readonly Block[] = people.flatMap((by) => people.map((of) => ({ by, of })));

/** Every document with a known path, in one request. */
async function readDocuments(source: Source) {
  const user = (name: Name) => `users/${source.uid(name)}`;
  const paths = {
    liveShow: `liveShows/${source.uid(creator)}`,
    supportAccount: `supportAccounts/${source.uid(creator)}`,
    user,
    hidden: (name: Name) => `${user(name)}/private/hidden`,
    block: ({ by, of }: Block) => `${user(by)}/blocked/${source.uid(of)}`,
  };
  const all = [
    paths.liveShow,
    paths.supportAccount,
    ...people.flatMap((name) => [user(name), paths.hidden(name)]),
    ...pairs.map(paths.block),
    ...showNames.flatMap((show) => Object.values(showPaths(source.showId(show)))),
  ];
  const found: readonly (Found & { readonly ref: { readonly path: string } })[] =
    await source.firestore.getAll(...all.map((path) => source.firestore.doc(path)));
  return { paths, documents: new Map<string, Found>(found.map((each) => [each.ref.path, each])) };
}

const showPaths = (id: string) => ({
  show: `shows/${id}`,
  playback: `shows/${id}/playback/now`,
  feed: `shows/${id}/feed/latest`,
  summary: `shows/${id}/summary/final`,
  stage: `stages/${id}`,
});

interface ShowFacts {
  readonly state: ShowState;
  readonly room: readonly InRoom[] | null;
  readonly frozen: string | null;
  readonly published: number | null;
  readonly support: number;
  readonly isClosing: boolean;
}

async function readShow(
  source: Source,
  name: ShowName,
  at: (path: string) => Found | undefined,
): Promise<ShowFacts> {
  const id = source.showId(name);
  const paths = showPaths(id);
  const { status = "gone", hostUid } = parsed(showDocument, at(paths.show)) ?? {};
  const hasBegun = status !== "draft" && status !== "gone";
  const all = (path: string): Promise<FoundSeveral> =>
    hasBegun
      ? source.firestore.collection(`${paths.show}/${path}`).get()
      : Promise.resolve({ docs: [] });
  const [participants, requests, bans, comments, reactions, room] = await Promise.all([
    all("participants"),
    all("speakRequests"),
    all("bans"),
    all("comments"),
    all("reactions"),
    hasBegun ? readRoom(source, id) : null,
  ]);
  const stage = parsed(stageDocument, at(paths.stage));
  return {
    state: {
      status,
      mode: parsed(playbackDocument, at(paths.playback))?.mode ?? "talk",
      hostUid: source.nameOf(hostUid ?? "") ?? creator,
      parts: partsOf(source, { participants, requests, bans, comments, reactions }),
    },
    room,
    frozen: status === "ended" ? frozenOf(at(paths.show), at(paths.summary)) : null,
    published: parsed(feedDocument, at(paths.feed))?.audience.listeners ?? null,
    support: sum(Object.values(stage?.support ?? {}).map((total) => total.amount)),
    isClosing: Boolean(stage?.closing),
  };
}

async function readRoom({ room, nameOf }: Source, id: string): Promise<readonly InRoom[] | null> {
  const connected = await room(id);
  if (connected === null) return null;
  return connected.flatMap(({ uid, canPublish, publishes }) => {
    const name = nameOf(uid);
    return name ? [{ name, canPublish, publishes }] : [];
  });
}

interface Collections {
  readonly participants: FoundSeveral;
  readonly requests: FoundSeveral;
  readonly bans: FoundSeveral;
  readonly comments: FoundSeveral;
  readonly reactions: FoundSeveral;
}

function partsOf(
  source: Source,
  { participants, requests, bans, comments, reactions }: Collections,
): Readonly<Record<Name, Part>> {
  const written = comments.docs.map((comment) => commentFields.parse(comment.data()));
  const partOf = (name: Name): Part => {
    const uid = source.uid(name);
    const found = (of: FoundSeveral) => of.docs.find(({ id }) => id === uid);
    const participant = parsed(participantDocument, found(participants));
    const own = written.filter(({ authorUid }) => authorUid === uid);
    return {
      place: participant ? placeOf(participant) : null,
      request: parsed(speakRequestDocument, found(requests))?.status ?? null,
      isBanned: found(bans) !== undefined,
      visibleComments: own.filter(({ hidden }) => !hidden).length,
      hiddenComments: own.filter(({ hidden }) => hidden).length,
      reactions: parsed(reactionDocument, found(reactions))?.heart ?? 0,
    };
  };
  return {
    ada: partOf("ada"),
    ben: partOf("ben"),
    cleo: partOf("cleo"),
    dan: partOf("dan"),
    eve: partOf("eve"),
  };
}

function placeOf({ state, role, invitedTo }: z.output<typeof participantDocument>): StagePlace {
  return { state, role, invitedTo };
}

function parsed<Schema extends z.ZodType>(
  schema: Schema,
  snapshot: Found | undefined,
): z.output<Schema> | undefined {
  return snapshot?.exists === true ? schema.parse(snapshot.data()) : undefined;
}

/**
 * The audience is counted once more after the end, support may still arrive, and the host who led it may delete their account.
 */
function frozenOf(show: Found | undefined, summary: Found | undefined): string {
  const without = (found: Found | undefined, changing: readonly string[]) =>
    Object.entries(anyDocument.parse(found?.data())).filter(([field]) => !changing.includes(field));
  return JSON.stringify([
    without(show, ["audience", "updatedAt", "hostUid"]),
    without(summary, ["support"]),
  ]);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
