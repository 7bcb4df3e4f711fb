import { z } from "zod";
import { participantDocument } from "../../functions/src/contract/audience.js";
import { hiddenDocument } from "../../functions/src/contract/blocks.js";
import { feedDocument } from "../../functions/src/contract/feed.js";
import { playbackDocument } from "../../functions/src/contract/music.js";
import { reactionDocument } from "../../functions/src/contract/reactions.js";
import { showDocument } from "../../functions/src/contract/shows.js";
import { speakRequestDocument, stageDocument } from "../../functions/src/contract/stage.js";
import { paymentDocument } from "../../functions/src/contract/support.js";
import { firestore } from "../../functions/test/support/backstage.js";
import {
  creator,
  people,
  showNames,
  type Block,
  type Name,
  type Part,
  type Place,
  type ShowName,
  type ShowState,
  type World,
} from "./state.js";
import type { Theatre } from "./theatre.js";

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
  /** What of a show must not change any more once it has ended; null before. */
  readonly frozen: Readonly<Record<ShowName, string | null>>;
  /** The published number of listeners; null before the show is live. */
  readonly published: Readonly<Record<ShowName, number | null>>;
  /** Cents that the ledger counts, and those that the shows' totals count. */
  readonly ledger: { readonly payments: number; readonly totals: number };
  /** Whether the stage is being closed for music. */
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

const commentFields = z.object({ authorUid: z.string(), hidden: z.boolean() });
const anyDocument = z.record(z.string(), z.unknown());

export async function readFacts(theatre: Theatre): Promise<Facts> {
  const pairs = people.flatMap((by) => people.map((of) => ({ by, of })));
  const [shows, [users, hidden, blocks], registered, payments] = await Promise.all([
    Promise.all(showNames.map((show) => readShow(theatre, show))),
    readPeople(theatre, pairs),
    firestore.doc(`liveShows/${theatre.uid(creator)}`).get(),
    firestore.collection("payments").where("creatorUid", "==", theatre.uid(creator)).get(),
  ]);
  const [first, second] = shows;
  if (!first || !second) throw new Error("both shows are read");
  const byName = <Value>(of: (show: ShowFacts) => Value) => ({ first: of(first), second: of(second) });
  const paid = sum(
    payments.docs
      .map((payment) => paymentDocument.parse(payment.data()))
      .filter(({ status }) => status === "paid")
      .map(({ amount }) => amount),
  );
  const showId: unknown = registered.get("showId");
  return {
    world: {
      shows: byName(({ state }) => state),
      blocks,
      deleted: users,
      paid,
    },
    rooms: byName(({ room }) => room),
    registered: showNames.find((show) => theatre.showId(show) === showId) ?? null,
    hidden,
    frozen: byName(({ frozen }) => frozen),
    published: byName(({ published }) => published),
    ledger: { payments: paid, totals: first.support + second.support },
    closing: showNames.filter((_, index) => shows[index]?.isClosing === true),
  };
}

interface ShowFacts {
  readonly state: ShowState;
  readonly room: readonly InRoom[] | null;
  readonly frozen: string | null;
  readonly published: number | null;
  readonly support: number;
  readonly isClosing: boolean;
}

async function readShow(theatre: Theatre, name: ShowName): Promise<ShowFacts> {
  const id = theatre.showId(name);
  const root = `shows/${id}`;
  const at = (path: string) => firestore.doc(path);
  const all = (path: string) => firestore.collection(`${root}/${path}`).get();
  const [single, participants, requests, bans, comments, reactions, rooms, inRoom] =
    await Promise.all([
      firestore.getAll(
        at(root),
        at(`${root}/playback/now`),
        at(`${root}/feed/latest`),
        at(`${root}/summary/final`),
        at(`stages/${id}`),
      ),
      all("participants"),
      all("speakRequests"),
      all("bans"),
      all("comments"),
      all("reactions"),
      theatre.livekit.service.listRooms([id]),
      theatre.livekit.service.listParticipants(id),
    ]);
  const [show, playback, feed, summary, stage] = single;
  const { status = "gone", hostUid } = parsed(showDocument, show) ?? {};
  const isOver = status === "ended";
  const parts = partsOf(theatre, { participants, requests, bans, comments, reactions });
  const stageFacts = parsed(stageDocument, stage);
  return {
    state: {
      status,
      mode: parsed(playbackDocument, playback)?.mode ?? "talk",
      hostUid: theatre.nameOf(hostUid ?? "") ?? creator,
      parts,
    },
    room:
      rooms.length === 0
        ? null
        : inRoom.flatMap(({ identity, permission, tracks }) => {
            const person = theatre.nameOf(identity);
            const canPublish = permission?.canPublish === true;
            return person ? [{ name: person, canPublish, publishes: tracks.length > 0 }] : [];
          }),
    frozen: isOver ? frozenOf(show, summary) : null,
    published: parsed(feedDocument, feed)?.audience.listeners ?? null,
    support: sum(
      Object.values(stageFacts?.support ?? {}).map((total) => total.amount),
    ),
    isClosing: Boolean(stageFacts?.closing),
  };
}

interface Collections {
  readonly participants: FoundSeveral;
  readonly requests: FoundSeveral;
  readonly bans: FoundSeveral;
  readonly comments: FoundSeveral;
  readonly reactions: FoundSeveral;
}

function partsOf(
  theatre: Theatre,
  { participants, requests, bans, comments, reactions }: Collections,
): Readonly<Record<Name, Part>> {
  const written = comments.docs.map((comment) => commentFields.parse(comment.data()));
  const partOf = (name: Name): Part => {
    const uid = theatre.uid(name);
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

function placeOf({ state, role, invitedTo }: z.output<typeof participantDocument>): Place {
  return { state, role, invitedTo };
}

async function readPeople(
  theatre: Theatre,
  pairs: readonly Block[],
): Promise<readonly [readonly Name[], readonly Block[], readonly Block[]]> {
  const userOf = (name: Name) => `users/${theatre.uid(name)}`;
  const documents = await firestore.getAll(
    ...people.map((name) => firestore.doc(userOf(name))),
    ...people.map((name) => firestore.doc(`${userOf(name)}/private/hidden`)),
    ...pairs.map(({ by, of }) => firestore.doc(`${userOf(by)}/blocked/${theatre.uid(of)}`)),
  );
  const existing = new Map(documents.map((found) => [found.ref.path, found]));
  const at = (path: string) => existing.get(path);
  const hidden = pairs.filter(({ by, of }) =>
    parsed(hiddenDocument, at(`${userOf(by)}/private/hidden`))?.uids.includes(theatre.uid(of)),
  );
  return [
    people.filter((name) => at(userOf(name))?.exists !== true),
    hidden,
    pairs.filter(({ by, of }) => at(`${userOf(by)}/blocked/${theatre.uid(of)}`)?.exists === true),
  ];
}

function parsed<Schema extends z.ZodType>(
  schema: Schema,
  snapshot: Found | undefined,
): z.output<Schema> | undefined {
  return snapshot?.exists === true ? schema.parse(snapshot.data()) : undefined;
}

/** The show's audience is counted once more after its end, and support may still arrive. */
function frozenOf(show: Found | undefined, summary: Found | undefined): string {
  const { audience: _, updatedAt: __, ...kept } = anyDocument.parse(show?.data());
  const { support: ___, ...totals } = anyDocument.parse(summary?.data());
  return JSON.stringify([kept, totals]);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
