import { rewrite } from "../../support/adminSide.js";
import { type Action, COMMIT, dialogOf, region, type Scene, uidOf } from "../action.js";
import { isStored } from "../stored.js";

const byDan = ({ dan }: Scene) => dan;
const BEN = uidOf("creator-ben");
const DAN = uidOf("listener-dan");
const goTo = ({ dan }: Scene, place: string) => dan.goTo(place);

const followed = ({ dan }: Scene) => region(dan, "People you follow");
const onDevices = ({ dan }: Scene) => region(dan, "Notifications on your devices");
const settingsPath = `users/${DAN}/private/notifications`;

async function followBen(scene: Scene): Promise<void> {
  const { dan } = scene;
  await goTo(scene, `#/creator/${BEN}`);
  const head = dan.page.locator(".creator-head");
  await head.getByRole("button", { name: "Follow Ben Lindqvist", exact: true }).click();
  await head.getByRole("button", { name: "Unfollow Ben Lindqvist", exact: true }).waitFor();
  await goTo(scene, "#/account");
}

async function blockBen(scene: Scene): Promise<void> {
  const { dan } = scene;
  await goTo(scene, `#/creator/${BEN}`);
  await dan.click("Block Ben Lindqvist");
  await dan.seesHeading("You blocked this person");
  await goTo(scene, "#/account");
}

const setting = (name: string, button: string, word: string, shown: RegExp): Action => ({
  name,
  method: "notifications.editSettings",
  person: byDan,
  act: ({ dan }) => dan.page.getByRole("switch", { name: button }).click(),
  request: [COMMIT, word],
  isQuiet: true,
  refusal: { alertIn: onDevices },
  shows: ({ endpoints }) => isStored(endpoints, settingsPath, shown),
});

/** A person's own pages. */
export const account: readonly Action[] = [
  {
    name: "edit the profile",
    method: "account.editProfile",
    person: byDan,
    async reach({ dan }) {
      await dan.page.getByLabel("Bio").fill("Listens at night.");
      await dan.page.getByLabel("Your support page").fill("https://dan.example/tea");
    },
    act: ({ dan }) => dan.click("Save"),
    request: [COMMIT, "Listens at night."],
    refusal: { alertIn: ({ dan }) => region(dan, "About you") },
    async shows({ dan, endpoints }) {
      await dan.page.locator("button:disabled", { hasText: /^Save$/ }).waitFor();
      await isStored(endpoints, `users/${DAN}`, /Listensatnight\./);
      await isStored(endpoints, `users/${DAN}`, /dan\.example\/tea/);
    },
  },
  {
    name: "accept the terms",
    method: "account.acceptTerms",
    person: byDan,
    async reach({ dan, endpoints }) {
      await rewrite(endpoints, "config/client", { termsVersion: { integerValue: "1" } });
      await dan.page.getByLabel("Year of birth").fill("1990");
    },
    act: ({ dan }) => dan.click("Accept terms"),
    request: ["**/acceptTerms"],
    refusal: { alertIn: ({ dan }) => region(dan, "Terms") },
    shows: ({ dan }) => region(dan, "Terms").waitFor({ state: "detached" }),
    restore: ({ endpoints }) => rewrite(endpoints, "config/client", { termsVersion: undefined }),
  },
  {
    name: "turn off notifications about a person",
    method: "follows.mute",
    person: byDan,
    reach: followBen,
    act: ({ dan }) => dan.click("Turn off notifications about Ben Lindqvist"),
    request: [COMMIT, "following"],
    refusal: { alertIn: followed },
    shows: ({ dan }) => dan.button("Notify me about Ben Lindqvist").waitFor(),
  },
  {
    name: "turn on notifications about a person",
    method: "follows.unmute",
    person: byDan,
    act: ({ dan }) => dan.click("Notify me about Ben Lindqvist"),
    request: [COMMIT, "following"],
    refusal: { alertIn: followed },
    shows: ({ dan }) => dan.button("Turn off notifications about Ben Lindqvist").waitFor(),
  },
  {
    name: "unfollow in the list",
    method: "follows.unfollow",
    person: byDan,
    act: ({ dan }) => dan.click("Unfollow Ben Lindqvist"),
    request: [COMMIT, "following"],
    refusal: { alertIn: followed },
    shows: ({ dan }) => dan.sees("You're not following anyone."),
  },
  {
    name: "lift a block in the list",
    method: "account.unblock",
    person: byDan,
    reach: blockBen,
    act: ({ dan }) => dan.click("Unblock Ben Lindqvist"),
    request: [COMMIT, "blocked"],
    refusal: { alertIn: ({ dan }) => region(dan, "Blocked people") },
    shows: ({ dan }) => dan.sees("You haven't blocked anyone."),
  },
  {
    name: "mark all notifications as read",
    method: "notifications.markAllRead",
    person: byDan,
    async reach(scene) {
      const now = new Date().toISOString();
      for (const id of ["first", "second"]) {
        await rewrite(scene.endpoints, `users/${DAN}/inbox/${id}`, {
          kind: { stringValue: "live" },
          showId: { stringValue: "night-drive" },
          title: { stringValue: "Night drive" },
          creatorUid: { stringValue: BEN },
          creator: {
            mapValue: {
              fields: { displayName: { stringValue: "Ben" }, photoUrl: { nullValue: null } },
            },
          },
          scheduledFor: { nullValue: null },
          createdAt: { timestampValue: now },
          pushAttempts: { integerValue: "0" },
          readAt: { nullValue: null },
          expiresAt: { timestampValue: new Date(Date.now() + 86_400_000).toISOString() },
        });
      }
      await goTo(scene, "#/inbox");
      await scene.dan.button("Mark all as read").waitFor();
    },
    act: ({ dan }) => dan.click("Mark all as read"),
    request: [COMMIT, "readAt"],
    refusal: { alertIn: ({ dan }) => dan.page.locator(".page-narrow") },
    async shows({ dan }) {
      await dan.button("Mark all as read").waitFor({ state: "detached" });
      await dan.seesNoMore("(unread)");
    },
  },
  setting("set quiet hours", "Quiet hours", "quietHours", /"from":\{"integerValue":"1320"/),
  setting("turn off notifications", "Show notifications", "push", /"push":\{"booleanValue":false/),
  {
    name: "disconnect Spotify",
    method: "account.disconnectSpotify",
    person: byDan,
    async reach(scene) {
      await goTo(scene, "#/account");
      await scene.dan.button("Disconnect Spotify").waitFor();
    },
    act: ({ dan }) => dan.click("Disconnect Spotify"),
    request: ["**/disconnectSpotify"],
    refusal: { alertIn: ({ dan }) => region(dan, "Spotify") },
    shows: ({ dan }) => dan.sees("Not connected. Sign in again to play music."),
  },
  {
    name: "delete the account",
    method: "account.delete",
    person: byDan,
    reach: ({ dan }) => dan.click("Delete my account"),
    act: ({ dan }) => dan.click("Delete permanently"),
    request: ["**/deleteAccount"],
    refusal: { alertIn: ({ dan }) => dialogOf(dan) },
    async shows({ dan, endpoints }) {
      await dan.seesHeading("Host a show as");
      await isStored(endpoints, `users/${DAN}`, /"NOT_FOUND"/);
    },
  },
];
