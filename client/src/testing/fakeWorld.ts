import { openAmbient, type Ambient } from "../ambient.js";
import type { CallableName } from "../backend/callables.js";
import { answerEvening, type FakeAnswer } from "./evening.js";
import { FakeAuth } from "./fakeAuth.js";
import { fakeFunctions } from "./fakeFunctions.js";
import { firestoreOn, MemoryFirestore, momentOf } from "./memoryFirestore.js";

/** A person of a fake world. */
interface FakePerson {
  readonly displayName: string;
  readonly photoUrl?: string | null;
}

/** A method, so that TypeScript lets each answer have its own request. */
interface AnyAnswer {
  answer(request: unknown, uid: string): unknown;
}

/**
 * Ambient without a server, for the tests of an app's screens: the package's own classes over documents in memory. It
 * answers the callables of an evening (start, join, ask, decide, change roles, switch to music, end …) and those that a
 * test adds with `answer`. It does not check security rules: use `answer` to refuse something.
 *
 * @example
 * ```ts
 * const world = new FakeWorld();
 * const ada = world.signIn({ displayName: "Ada" });
 * const showId = await ada.shows.create({ title: "Night drive" });
 * const desk = await ada.start(showId);
 * const show = await world.signIn({ displayName: "Dan" }).join(showId);
 * await show.comments.send("What a song!");
 * ```
 */
export class FakeWorld {
  readonly #firestore = new MemoryFirestore();
  readonly #answers = new Map<string, AnyAnswer>();
  #people = 0;

  /** Creates an empty world. */
  constructor() {
    answerEvening(this.#firestore, (name, answer) => {
      this.answer(name, answer);
    });
  }

  /**
   * A new person with their own, signed-in Ambient.
   *
   * @example
   * ```ts
   * const dan = new FakeWorld().signIn({ displayName: "Dan" });
   * ```
   */
  signIn({ displayName, photoUrl = null }: FakePerson): Ambient {
    this.#people += 1;
    const uid = `spotify_fake${this.#people}`;
    const now = momentOf(Date.now());
    this.set(`users/${uid}`, {
      ...{ displayName, photoUrl, spotifyUrl: `https://open.spotify.com/user/${uid}` },
      ...{ bio: "", links: [], followerCount: 0, createdAt: now, updatedAt: now },
    });
    this.set(`users/${uid}/private/account`, { spotifyLinked: true, spotifyGrantedAt: now });
    const auth = new FakeAuth(uid, () => uid);
    return openAmbient({
      sdk: {
        auth: auth.sdk,
        firestore: firestoreOn(this.#firestore, { mayRead: (path) => this.#mayRead(path, uid) }),
        functions: fakeFunctions((name, request) => {
          const found = this.#answers.get(name);
          if (!found) throw new Error(`FakeWorld does not answer ${name}: use world.answer`);
          return found.answer(request, uid);
        }),
      },
      auth,
      functions: { app: {} },
      openFirestore: () => ({ app: {} }),
      serverTimeUrl: "",
      fetchServerTime: () => Promise.resolve(Date.now()),
    });
  }

  /**
   * Answers a callable, in place of this world's own answer. Throw an `AmbientError` to refuse.
   *
   * @example
   * ```ts
   * new FakeWorld().answer("joinShow", () => {
   *   throw new AmbientError("BANNED");
   * });
   * ```
   */
  answer<Name extends CallableName>(name: Name, answer: FakeAnswer<Name>): void {
    this.#answers.set(name, { answer });
  }

  /**
   * Sets a document, or deletes it with undefined: what other people or the server would write. REFERENCE.md has the
   * fields.
   *
   * @example
   * ```ts
   * new FakeWorld().set("config/client", { minVersions: { ios: "2", android: "2", web: "2" }, features: {} });
   * ```
   */
  set(path: string, fields: Readonly<Record<string, unknown>> | undefined): void {
    this.#firestore.write(new Map([[path, fields]]));
  }

  /** Hides drafts from everyone but their creator; checks nothing else. */
  #mayRead(path: string, uid: string): boolean {
    const [collection, showId, more] = path.split("/");
    if (collection !== "shows" || showId === undefined || more !== undefined) return true;
    const show = this.#firestore.get(path);
    return show?.status !== "draft" || show.creatorUid === uid;
  }
}
