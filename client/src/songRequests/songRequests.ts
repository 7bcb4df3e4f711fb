import type { FeedDocument } from "../../../functions/src/contract/feed.js";
import { queries } from "../../../functions/src/contract/queries.js";
import {
  SONG_VOTE_INTERVAL_MS,
  songRequestDocument,
  songVotesDocument,
  withVote,
  type PublishedSongRequest,
  type SongRequestDocument,
} from "../../../functions/src/contract/songRequests.js";
import type { RequestOf, ResponseOf } from "../backend/callables.js";
import { readBy, type Identified, type Received } from "../backend/readDocument.js";
import { AmbientError, asAmbientError } from "../errors/ambientError.js";
import { isEqual } from "../observe/isEqual.js";
import { Observed, type Observable } from "../observe/observable.js";
import { distinct, mapped } from "../observe/source.js";
import { together } from "../observe/together.js";
import type { Session } from "../show/session.js";
import { Turns } from "./turns.js";

/**
 * An open song request with its votes, as last counted by the server.
 *
 * @example
 * ```ts
 * const label = ({ track, votes }: SongRequest) => `${track.name} (${votes})`;
 * ```
 */
export interface SongRequest extends PublishedSongRequest {
  /** Whether the person votes for it. The count follows a few seconds after a vote. */
  readonly hasMyVote: boolean;
}

/**
 * One of the person's own song requests, and what became of it.
 *
 * @example
 * ```ts
 * const isComing = ({ status }: OwnSongRequest) => status === "accepted";
 * ```
 */
export interface OwnSongRequest extends Identified<Received<SongRequestDocument>> {}

/** A little longer than the interval in the rules, which is measured by the server's timestamp. */
const BETWEEN_VOTES_MS = SONG_VOTE_INTERVAL_MS + 100;

type Change = (votes: readonly string[]) => readonly string[];

/** The sources of `open`, as far as they are known. */
interface Known {
  readonly requests: FeedDocument["songRequests"];
  readonly myVotes: readonly string[];
  readonly settled: ReadonlySet<string>;
}
const nothingKnown: Known = { requests: [], myVotes: [], settled: new Set() };

/**
 * The songs that the audience would like to hear. People vote for them, and hosts take them into the playlist.
 *
 * @example
 * ```ts
 * show.songRequests.open.subscribe((songs) => render(songs));
 * await show.songRequests.request(track.uri);
 * ```
 */
export class SongRequests {
  /**
   * The 20 open requests with the most votes, the oldest first among equals. They arrive with the feed, so a change shows
   * within seconds; what the person decides or withdraws disappears at once.
   *
   * @example
   * ```ts
   * show.songRequests.open.subscribe((songs) => render(songs));
   * ```
   */
  readonly open: Observable<readonly SongRequest[]>;
  /**
   * The person's own requests, newest first, with what the hosts decided.
   *
   * @example
   * ```ts
   * show.songRequests.mine.subscribe((mine) => render(mine.map(({ status }) => status)));
   * ```
   */
  readonly mine: Observable<readonly OwnSongRequest[]>;
  readonly #session: Session;
  /** The requests in the newest feed. */
  #published: Known["requests"] = [];
  /** What the person has decided or withdrawn, by `keyOf`: the feed has it for some seconds more. */
  readonly #settled = new Observed<ReadonlySet<string>>(new Set());
  /** Writes of the votes, with the wait that the rules require. */
  readonly #turns: Turns;
  /** What the next write changes. */
  #changes: Change[] = [];
  #nextWrite: Promise<void> | undefined;

  /** @internal */
  constructor(session: Session) {
    this.#session = session;
    this.#turns = new Turns(session.backend.local, BETWEEN_VOTES_MS);
    const { backend, feed, uid } = session;
    const votes = session.document(session.path("songVotes", uid), songVotesDocument);
    const known = together<Partial<Known>>([
      mapped(feed, (latest) => ({ requests: (this.#published = latest?.songRequests ?? []) })),
      mapped(votes, (mine) => ({ myVotes: mine?.requestIds ?? [] })),
      mapped(this.#settled, (settled) => ({ settled })),
    ]);
    const open = mapped(known, (parts) =>
      openOf(parts.reduce<Known>((all, part) => ({ ...all, ...part }), nothingKnown)),
    );
    this.open = session.withoutHidden(distinct(open, isEqual), ({ requestedBy }) => requestedBy);
    this.mine = session.list(
      () => backend.query(session.path("songRequests"), queries.ownSongRequests, [uid], 50),
      songRequestDocument,
    );
  }

  /**
   * Requests a track, with the person's vote; if somebody has requested it already, only votes for it. Let people paste a link
   * to Spotify (`trackUriOf`) or choose from a list: each search uses the app's quota at Spotify, so a person has few of them.
   *
   * @example
   * ```ts
   * const uri = trackUriOf("https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC");
   * if (uri) await show.songRequests.request(uri);
   * ```
   */
  async request(trackUri: string): Promise<ResponseOf<"requestSong">["requestId"]> {
    const { backend, showId } = this.#session;
    this.#session.requirePresence();
    this.#session.requireTerms();
    // It changes the votes, too.
    const request = () => backend.call("requestSong", { showId, trackUri });
    return (await this.#turns.take(request)).requestId;
  }

  /**
   * Votes for a request. A person has 20 votes: one more replaces the oldest.
   *
   * @example
   * ```ts
   * await show.songRequests.vote(song.id);
   * ```
   */
  vote(id: string): Promise<void> {
    return this.#change((votes) => (votes.includes(id) ? votes : withVote(votes, id)));
  }

  /**
   * Takes the person's vote back.
   *
   * @example
   * ```ts
   * if (song.hasMyVote) await show.songRequests.unvote(song.id);
   * ```
   */
  unvote(id: string): Promise<void> {
    return this.#change((votes) => votes.filter((other) => other !== id));
  }

  /**
   * Withdraws the person's own request while it is open.
   *
   * @example
   * ```ts
   * await show.songRequests.withdraw(song.id);
   * ```
   */
  async withdraw(id: string): Promise<void> {
    await this.#session.backend.delete(this.#session.path("songRequests", id));
    this.#settle(id);
  }

  /**
   * For hosts: accepts a request, which adds the track to the end of the playlist, or declines it.
   *
   * @example
   * ```ts
   * await show.songRequests.decide(song.id, "accept");
   * ```
   */
  async decide(
    id: string,
    decision: RequestOf<"decideSongRequest">["decision"],
  ): Promise<ResponseOf<"decideSongRequest">> {
    const { backend, showId } = this.#session;
    const answer = await backend.call("decideSongRequest", { showId, requestId: id, decision });
    this.#settle(id);
    return answer;
  }

  /** If the song is requested again after that, it is another request. */
  #settle(id: string): void {
    const settled = this.#published.filter((request) => request.id === id).map(keyOf);
    this.#settled.set(new Set([...this.#settled.current, ...settled]));
  }

  /** All changes that wait for the same turn are written together. */
  async #change(change: Change): Promise<void> {
    this.#session.requirePresence();
    this.#session.requireTerms();
    this.#changes.push(change);
    this.#nextWrite ??= this.#turns.take(() => {
      const changes = this.#changes;
      this.#changes = [];
      this.#nextWrite = undefined;
      return this.#write(changes);
    });
    await this.#nextWrite;
  }

  async #write(changes: readonly Change[]): Promise<void> {
    const { backend, uid } = this.#session;
    const reference = backend.doc(this.#session.path("songVotes", uid));
    try {
      await backend.transaction(async (transaction) => {
        const votes = readBy(songVotesDocument, await transaction.get(reference))?.requestIds ?? [];
        const requestIds = changes.reduce<readonly string[]>(
          (changed, change) => change(changed),
          votes,
        );
        if (isEqual(requestIds, votes)) return;
        transaction.set(reference, { requestIds, at: backend.serverTimestamp() });
      });
    } catch (error) {
      throw await this.#whyNot(asAmbientError(error));
    }
  }

  /** The rules deny without a reason. The remaining cause is a vote from another device of this person within the wait. */
  async #whyNot(error: AmbientError): Promise<AmbientError> {
    const explained = await this.#session.explain(error);
    if (explained.reason !== "PERMISSION_DENIED") return explained;
    const { status, settings } = this.#session.details.current;
    if (status !== "live") return new AmbientError("SHOW_NOT_LIVE", { cause: error });
    if (settings?.songRequestsOpen === false) {
      return new AmbientError("SONG_REQUESTS_CLOSED", { cause: error });
    }
    const retryAfterSeconds = SONG_VOTE_INTERVAL_MS / 1_000;
    return new AmbientError("RATE_LIMITED", { details: { retryAfterSeconds }, cause: error });
  }
}

function openOf({ requests, myVotes, settled }: Known): readonly SongRequest[] {
  return requests
    .filter((request) => !settled.has(keyOf(request)))
    .map((request) => ({ ...request, hasMyVote: myVotes.includes(request.id) }));
}

function keyOf({ id, createdAt }: PublishedSongRequest): string {
  return `${id} ${createdAt.toMillis()}`;
}
