import {
  notificationDocument,
  notificationSettingsDocument,
  reminderDocument,
  type NotificationDocument,
  type NotificationSettings as SettingsDocument,
} from "../../../functions/src/contract/notifications.js";
import { queries } from "../../../functions/src/contract/queries.js";
import type { Backend } from "../backend/backend.js";
import type { RequestOf } from "../backend/callables.js";
import { listPage, type Page, type ListRequest } from "../backend/page.js";
import type { Identified, Received } from "../backend/readDocument.js";
import { memo } from "../observe/memo.js";
import type { Observable } from "../observe/observable.js";
import { mapped } from "../observe/source.js";

/** Rules are evaluated for each write; a larger transaction would take too long. */
const WRITES_AT_ONCE = 200;

/**
 * An entry of the inbox: a show is live, has a new time or will not take place, or a host invited the person to the stage.
 *
 * @example
 * ```ts
 * const isUnread = ({ readAt }: InboxEntry) => readAt === null;
 * ```
 */
export interface InboxEntry extends Identified<Received<NotificationDocument>> {}

/**
 * How a person wants to be notified. Quiet hours are minutes after midnight in the time zone, which is that of the device
 * that registered last.
 *
 * @example
 * ```ts
 * const night: NotificationSettings["quietHours"] = { from: 22 * 60, until: 7 * 60 };
 * ```
 */
export interface NotificationSettings extends Omit<SettingsDocument, "sent"> {}

/**
 * An app that receives notifications, with its token at Firebase Cloud Messaging.
 *
 * @example
 * ```ts
 * const device: Device = { token: "from getToken()", platform: "ios", language: "de-AT" };
 * ```
 */
export interface Device extends Omit<RequestOf<"registerDevice">, "replaces" | "timeZone"> {}

/**
 * Push notifications, the inbox, and reminders of scheduled shows.
 *
 * @example
 * ```ts
 * ambient.notifications.unread().subscribe((count) => console.log(`${count} new notifications`));
 * ```
 */
export class Notifications {
  readonly #backend: Backend;

  /** @internal */
  constructor(backend: Backend) {
    this.#backend = backend;
    this.settings = backend.mine((uid) => {
      const path = `users/${uid}/private/notifications`;
      const settings = backend.document(path, notificationSettingsDocument);
      return mapped(settings, (found) => found ?? notificationSettingsDocument.parse({}));
    });
  }

  /**
   * Sends the signed-in person's notifications to this app, until they sign out. Call it at each start with the token
   * of Firebase Cloud Messaging, and again when the token changes. It also sends the time zone.
   * `ambient.account.signOut` undoes it.
   *
   * @see {@link https://firebase.google.com/docs/cloud-messaging/manage-tokens | Registration tokens}
   * @example
   * ```ts
   * const token = "from getToken() of firebase/messaging";
   * await ambient.notifications.register({ token, platform: "web", language: navigator.language });
   * ```
   */
  register(device: Device): Promise<void> {
    return this.#backend.device.register(device);
  }

  /**
   * Sends no more notifications to this app, although the person stays signed in. If the app may not have registered since
   * it started, pass its token.
   *
   * @example
   * ```ts
   * await ambient.notifications.unregister();
   * ```
   */
  unregister(token?: string): Promise<void> {
    return this.#backend.device.unregister(token);
  }

  /**
   * The signed-in person's notifications, latest first. It includes notifications that their settings kept off their
   * devices.
   *
   * @example
   * ```ts
   * ambient.notifications.inbox().subscribe(({ items }) => console.log(items.at(0)?.title));
   * ```
   */
  inbox(request: ListRequest = {}): Observable<Page<InboxEntry>> {
    return this.#inbox(request);
  }

  readonly #inbox = memo((request: ListRequest) =>
    this.#backend.mine((uid) => {
      const entries = { path: `users/${uid}/inbox`, schema: notificationDocument };
      return listPage(this.#backend, entries, queries.inboxOf, () => [], request);
    }),
  );

  /**
   * How many notifications are unread. It counts no further than `limit`.
   *
   * @example
   * ```ts
   * ambient.notifications.unread().subscribe((count) => console.log(count > 50 ? "50+" : count));
   * ```
   */
  unread(limit = 51): Observable<number> {
    return this.#unread(limit);
  }

  readonly #unread = memo((limit: number) =>
    this.#backend.mine((uid) => {
      const entries = this.#backend.list(() => this.#unreadQuery(uid, limit), notificationDocument);
      return mapped(entries, ({ length }) => length);
    }),
  );

  /**
   * Marks an entry of the inbox as read.
   *
   * @example
   * ```ts
   * ambient.notifications.inbox().subscribe(async ({ items: [latest] }) => {
   *   if (latest?.readAt === null) await ambient.notifications.markRead(latest.id);
   * });
   * ```
   */
  async markRead(id: string): Promise<void> {
    await this.#markRead(this.#backend.uid, [id]);
  }

  /**
   * Marks all entries of the inbox as read.
   *
   * @example
   * ```ts
   * await ambient.notifications.markAllRead();
   * ```
   */
  async markAllRead(): Promise<void> {
    const { uid } = this.#backend;
    let page: readonly InboxEntry[];
    do {
      const query = this.#unreadQuery(uid, WRITES_AT_ONCE);
      page = await this.#backend.readList(query, notificationDocument);
      const ids = page.map(({ id }) => id);
      if (ids.length > 0) await this.#markRead(uid, ids);
    } while (page.length === WRITES_AT_ONCE);
  }

  async #markRead(uid: string, ids: readonly string[]): Promise<void> {
    const readAt = this.#backend.serverTimestamp();
    const paths = ids.map((id) => `users/${uid}/inbox/${id}`);
    await this.#backend.updateAll(paths, { readAt });
  }

  #unreadQuery(uid: string, limit: number) {
    return this.#backend.query(`users/${uid}/inbox`, queries.unreadOf, [null], limit);
  }

  /**
   * How the signed-in person wants to be notified.
   *
   * @example
   * ```ts
   * ambient.notifications.settings.subscribe(({ push }) => console.log(push ? "on" : "off"));
   * ```
   */
  readonly settings: Observable<NotificationSettings>;

  /**
   * Changes some of these settings.
   *
   * @example
   * ```ts
   * await ambient.notifications.editSettings({ quietHours: { from: 1_320, until: 420 } });
   * ```
   */
  async editSettings(changes: Partial<Omit<NotificationSettings, "timeZone">>): Promise<void> {
    const reference = this.#backend.doc(`users/${this.#backend.uid}/private/notifications`);
    await this.#backend.transaction((transaction) => {
      transaction.set(reference, changes, { merge: true });
      return Promise.resolve();
    });
  }

  /**
   * Notifies the signed-in person when a scheduled show starts, moves or is cancelled. A second call is not an error.
   *
   * @example
   * ```ts
   * await ambient.notifications.remind(showId);
   * ```
   */
  async remind(showId: string): Promise<void> {
    const createdAt = this.#backend.serverTimestamp();
    await this.#backend.create(this.#reminder(showId), { showId, createdAt });
  }

  /**
   * Cancels a reminder.
   *
   * @example
   * ```ts
   * await ambient.notifications.cancelReminder(showId);
   * ```
   */
  async cancelReminder(showId: string): Promise<void> {
    await this.#backend.delete(this.#reminder(showId));
  }

  /**
   * Whether the signed-in person will be reminded of a show.
   *
   * @example
   * ```ts
   * ambient.notifications.hasReminder(showId).subscribe((isOn) => console.log(isOn));
   * ```
   */
  hasReminder(showId: string): Observable<boolean> {
    return this.#hasReminder(showId);
  }

  readonly #hasReminder = memo((showId: string) =>
    this.#backend.mine((uid) => {
      const path = `users/${uid}/reminders/${showId}`;
      const reminder = this.#backend.document(path, reminderDocument);
      return mapped(reminder, (found) => found !== undefined);
    }),
  );

  #reminder(showId: string): string {
    return `users/${this.#backend.uid}/reminders/${showId}`;
  }
}
