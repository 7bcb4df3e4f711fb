import {
  clientConfigDocument,
  type ClientConfigDocument,
} from "../../functions/src/contract/clientConfig.js";
import { Creator } from "./discover/creator.js";
import { Discover } from "./discover/discover.js";
import { followedCreators } from "./following/followedCreators.js";
import { Follows } from "./following/follows.js";
import { Admin } from "./admin/admin.js";
import { Account } from "./account/account.js";
import { Backend } from "./backend/backend.js";
import type { OpenAmbientOptions } from "./backend/openAmbientOptions.js";
import type { RequestOf } from "./backend/callables.js";
import type { Connection } from "./backend/connection.js";
import type { AmbientError } from "./errors/ambientError.js";
import { Notifications } from "./notifications/notifications.js";
import { Playlists } from "./music/playlists.js";
import { memo } from "./observe/memo.js";
import type { Observable } from "./observe/observable.js";
import { Session } from "./show/session.js";
import { Show } from "./show/show.js";
import { Shows } from "./shows/shows.js";
import { Support } from "./support/support.js";

/**
 * The configuration that every app reads at startup: the oldest versions that still work, and which features are
 * on.
 *
 * @example
 * ```ts
 * const isOn = (config: ClientConfig | undefined) => config?.features["music"] ?? true;
 * ```
 */
export interface ClientConfig extends ClientConfigDocument {}

/**
 * The entry point: all of Ambient for one app.
 *
 * @example
 * ```ts
 * const ambient = createAmbient({ app: initializeApp(firebaseConfig) });
 * const show = await ambient.join(showId);
 * ```
 */
export class Ambient {
  /**
   * The signed-in person and their own data.
   *
   * @example
   * ```ts
   * ambient.account.uid.subscribe((uid) => (uid === null ? openSignIn() : openHome()));
   * ```
   */
  readonly account: Account;
  /**
   * The signed-in person's own shows, and any show by its id.
   *
   * @example
   * ```ts
   * ambient.shows.mine().subscribe(({ items }) => renderMyShows(items));
   * ```
   */
  readonly shows: Shows;
  /**
   * Finds public shows and creators.
   *
   * @example
   * ```ts
   * ambient.discover.live().subscribe(({ items }) => renderLive(items));
   * ```
   */
  readonly discover: Discover;
  /**
   * Whom the signed-in person follows, and who follows them.
   *
   * @example
   * ```ts
   * await ambient.follows.follow(creatorUid);
   * ```
   */
  readonly follows: Follows;
  /**
   * The playlists of shows.
   *
   * @example
   * ```ts
   * const { items } = await ambient.playlists.mine();
   * ```
   */
  readonly playlists: Playlists;
  /**
   * Push notifications, the inbox, and reminders of scheduled shows.
   *
   * @example
   * ```ts
   * await ambient.notifications.remind(showId);
   * ```
   */
  readonly notifications: Notifications;
  /**
   * Support for creators.
   *
   * @example
   * ```ts
   * ambient.support.received().subscribe(({ items }) => console.log(items.length));
   * ```
   */
  readonly support: Support;
  /**
   * What admins do.
   *
   * @example
   * ```ts
   * const { reports } = await ambient.admin.reports();
   * ```
   */
  readonly admin: Admin;
  /**
   * The configuration that every app reads at startup, signed in or not.
   *
   * @example
   * ```ts
   * ambient.config.subscribe((config) => checkVersion(config?.minVersions.web));
   * ```
   */
  readonly config: Observable<ClientConfig | undefined>;

  /**
   * Whether the server answers. `show.connection` says the same for one show. There is no value until the state is
   * known: without a network it takes up to 3 s, or up to 13 s if the device believes that it has one.
   *
   * @see {@link https://firebase.google.com/docs/firestore/manage-data/enable-offline | Offline data}
   * @example
   * ```ts
   * ambient.connection.subscribe((connection) => setBanner(connection === "offline"));
   * ```
   */
  readonly connection: Observable<Connection>;
  readonly #backend: Backend;

  /** @internal */
  constructor(options: OpenAmbientOptions) {
    const backend = new Backend(options);
    this.#backend = backend;
    this.account = new Account(backend);
    this.shows = new Shows(backend);
    const followed = followedCreators(backend);
    this.discover = new Discover(backend, followed);
    this.follows = new Follows(backend, followed);
    this.playlists = new Playlists(backend);
    this.notifications = new Notifications(backend);
    this.support = new Support(backend);
    this.admin = new Admin(backend);
    this.config = backend.throughSignIns(backend.document("config/client", clientConfigDocument));
    this.connection = backend.throughSignIns(backend.connection("config/client"));
  }

  /**
   * Joins a live show as a listener. Its creator rejoins as the creator. Someone who lost the network returns in their
   * earlier role; a speaker only if a seat is free.
   *
   * @example
   * ```ts
   * const show = await ambient.join(showId);
   * ```
   */
  async join(showId: string): Promise<Show> {
    const { audio } = await this.#backend.call("joinShow", { showId });
    return new Show(await Session.open(this.#backend, showId, audio));
  }

  /**
   * Takes one of your own shows live and joins it. Problems with its music do not stop it: see `show.warnings`.
   *
   * @example
   * ```ts
   * const show = await ambient.start(showId);
   * ```
   */
  async start(showId: string): Promise<Show> {
    const { audio, warnings } = await this.#backend.call("startShow", { showId });
    return new Show(await Session.open(this.#backend, showId, audio), warnings);
  }

  /**
   * A creator's public page.
   *
   * @example
   * ```ts
   * ambient.creator(creatorUid).upcoming().subscribe(({ items }) => renderCalendar(items));
   * ```
   */
  creator(uid: string): Creator {
    return this.#creator(uid);
  }

  readonly #creator = memo(
    (uid: string) => new Creator(this.#backend, uid, this.account.profile(uid)),
  );

  /**
   * Reports a profile (`uid`) or a show (`showId`) to the admins, from anywhere. In a show, use
   * `show.moderation.report`. Returns the id of the report.
   *
   * @example
   * ```ts
   * await ambient.report("Pretends to be somebody else", { uid, category: "other" });
   * ```
   */
  async report(reason: string, about: Omit<RequestOf<"report">, "reason">): Promise<string> {
    return (await this.#backend.call("report", { reason, ...about })).reportId;
  }

  /**
   * Passes an error that no view shows to the client's `onError`.
   *
   * @example
   * ```ts
   * show.leave().catch((thrown) => ambient.reportError(asAmbientError(thrown)));
   * ```
   */
  reportError(error: AmbientError): void {
    this.#backend.report(error);
  }

  /**
   * Ends every subscription. Call it when an app or page no longer uses Ambient. The person stays signed in. Do not
   * call it for a page that the browser caches (`persisted`): that page resumes where it stopped.
   *
   * @example
   * ```ts
   * window.addEventListener("pagehide", ({ persisted }) => {
   *   if (!persisted) ambient.close();
   * });
   * ```
   */
  close(): void {
    this.#backend.close();
  }
}

/**
 * Opens Ambient over any SDK with Firebase's modular API. With the Firebase JS SDK, use `createAmbient` instead.
 *
 * @example
 * ```ts
 * import { openAmbient } from "@ambient/client/core";
 * import { getApp } from "@react-native-firebase/app";
 * import * as auth from "@react-native-firebase/auth";
 * import * as firestore from "@react-native-firebase/firestore";
 * import * as functions from "@react-native-firebase/functions";
 *
 * const ambient = openAmbient({
 *   sdk: { auth, firestore, functions },
 *   auth: auth.getAuth(),
 *   openFirestore: () => firestore.getFirestore(),
 *   sharesFirestore: true,
 *   functions: functions.getFunctions(getApp(), "us-central1"),
 *   serverTimeUrl: "https://us-central1-my-project.cloudfunctions.net/serverTime",
 * });
 * ```
 */
export function openAmbient(options: OpenAmbientOptions): Ambient {
  return new Ambient(options);
}
