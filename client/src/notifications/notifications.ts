import {
  notificationDocument,
  notificationSettingsDocument,
  reminderDocument,
  type NotificationDocument,
  type NotificationSettings as SettingsDocument,
} from "../../../functions/src/contract/notifications.js";
import { queries } from "../../../functions/src/contract/queries.js";
import { attempt, type Backend } from "../backend/backend.js";
import type { RequestOf } from "../backend/callables.js";
import type { Identified, Received } from "../backend/readDocument.js";
import { mapped, type Subscribable } from "../observe/subscribable.js";

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
 * How a person wants to be notified. Quiet hours are minutes after midnight in the time zone.
 *
 * @example
 * ```ts
 * const night: NotificationSettings["quietHours"] = { from: 22 * 60, until: 7 * 60 };
 * ```
 */
export interface NotificationSettings extends Omit<SettingsDocument, "sent"> {}

/**
 * Push notifications, the inbox, and reminders of scheduled shows.
 *
 * @example
 * ```ts
 * ambient.notifications.inbox().subscribe((inbox) => console.log(`${inbox.length} notifications`));
 * ```
 */
export class Notifications {
  readonly #backend: Backend;

  /** @internal */
  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /**
   * Sends the signed-in person's notifications to this app, until they sign out. Call it at each start with the token
   * of Firebase Cloud Messaging, and again when the token changes. Signing out with `ambient.account` takes it back.
   *
   * @see {@link https://firebase.google.com/docs/cloud-messaging/manage-tokens | Registration tokens}
   * @example
   * ```ts
   * const token = "from getToken() of firebase/messaging";
   * await ambient.notifications.register({ token, platform: "web", language: navigator.language });
   * ```
   */
  async register(device: Omit<RequestOf<"registerDevice">, "replaces">): Promise<void> {
    const replaces = this.#backend.deviceToken;
    const isNew = replaces !== undefined && replaces !== device.token;
    await this.#backend.call("registerDevice", { ...device, ...(isNew && { replaces }) });
    this.#backend.deviceToken = device.token;
  }

  /**
   * Sends no more notifications to this app, although the person stays signed in.
   *
   * @example
   * ```ts
   * await ambient.notifications.unregister();
   * ```
   */
  unregister(): Promise<void> {
    return this.#backend.unregisterDevice();
  }

  /**
   * What the signed-in person was notified of, latest first. It also has what their settings kept from their devices.
   *
   * @example
   * ```ts
   * ambient.notifications.inbox().subscribe((inbox) => console.log(inbox.at(0)?.title));
   * ```
   */
  inbox(limit = 50): Subscribable<readonly InboxEntry[]> {
    return this.#backend.mine((uid) =>
      this.#backend.list(
        () => this.#backend.query(`users/${uid}/inbox`, queries.inboxOf, [], limit),
        notificationDocument,
      ),
    );
  }

  /**
   * Marks an entry of the inbox as read.
   *
   * @example
   * ```ts
   * ambient.notifications.inbox().subscribe(async ([latest]) => {
   *   if (latest?.readAt === null) await ambient.notifications.markRead(latest.id);
   * });
   * ```
   */
  async markRead(id: string): Promise<void> {
    const readAt = this.#backend.sdk.firestore.serverTimestamp();
    await this.#backend.update(`users/${this.#backend.uid}/inbox/${id}`, { readAt });
  }

  /**
   * How the signed-in person wants to be notified.
   *
   * @example
   * ```ts
   * ambient.notifications.settings.subscribe(({ push }) => console.log(push ? "on" : "off"));
   * ```
   */
  get settings(): Subscribable<NotificationSettings> {
    return this.#backend.mine((uid) =>
      mapped(
        this.#backend.document(`users/${uid}/private/notifications`, notificationSettingsDocument),
        (settings) => settings ?? notificationSettingsDocument.parse({}),
      ),
    );
  }

  /**
   * Changes some of these settings.
   *
   * @example
   * ```ts
   * const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
   * await ambient.notifications.editSettings({ quietHours: { from: 1_320, until: 420 }, timeZone });
   * ```
   */
  async editSettings(changes: Partial<NotificationSettings>): Promise<void> {
    const { firestore } = this.#backend.sdk;
    const reference = this.#backend.doc(`users/${this.#backend.uid}/private/notifications`);
    await attempt(
      firestore.runTransaction(this.#backend.db, (transaction) => {
        transaction.set(reference, changes, { merge: true });
        return Promise.resolve();
      }),
    );
  }

  /**
   * Notifies the signed-in person when a scheduled show starts, moves or is cancelled. Asking twice is not an error.
   *
   * @example
   * ```ts
   * await ambient.notifications.remind(showId);
   * ```
   */
  async remind(showId: string): Promise<void> {
    const createdAt = this.#backend.sdk.firestore.serverTimestamp();
    await this.#backend.create(this.#reminder(showId), { showId, createdAt });
  }

  /**
   * Takes a reminder back.
   *
   * @example
   * ```ts
   * await ambient.notifications.forget(showId);
   * ```
   */
  async forget(showId: string): Promise<void> {
    await this.#backend.delete(this.#reminder(showId));
  }

  /**
   * Whether the signed-in person will be reminded of a show.
   *
   * @example
   * ```ts
   * ambient.notifications.reminds(showId).subscribe((isOn) => console.log(isOn));
   * ```
   */
  reminds(showId: string): Subscribable<boolean> {
    return this.#backend.mine((uid) =>
      mapped(
        this.#backend.document(`users/${uid}/reminders/${showId}`, reminderDocument),
        (reminder) => reminder !== undefined,
      ),
    );
  }

  #reminder(showId: string): string {
    return `users/${this.#backend.uid}/reminders/${showId}`;
  }
}
