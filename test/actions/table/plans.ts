import assert from "node:assert/strict";
import { type Action, COMMIT, dialogOf, region, type Scene, uidOf } from "../action.js";
import { isStored } from "../stored.js";

const TITLE = "Before sunrise";
const SPARE = "A spare draft";

const byBen = ({ ben }: Scene) => ben;
const byDan = ({ dan }: Scene) => dan;
const idOf = ({ ben }: Scene) => ben.place.split("/").at(-1) ?? "";
const whenCard = ({ ben }: Scene) => ben.page.getByRole("form", { name: "When" });

async function newShow({ ben }: Scene, title: string): Promise<void> {
  await ben.goTo("#/new");
  await ben.page.getByLabel("Title").fill(title);
}

/** The show's page, which other people see as “coming up”. */
async function openForDan({ ben, dan }: Scene): Promise<void> {
  await dan.page.goto(new URL(ben.place, dan.page.url()).href);
  await dan.seesHeading(TITLE);
  // Both are disabled until the server has told what is set.
  for (const name of ["Remind me", "Follow"]) {
    await dan.page.locator("button:enabled", { hasText: name }).waitFor();
  }
}

const comingUp = ({ dan }: Scene) => dan.page.locator(".coming-up");

/** A show from its draft to its end, and how people wait for it. */
export const plans: readonly Action[] = [
  {
    name: "create a show",
    method: "shows.create",
    person: byBen,
    reach: (scene) => newShow(scene, TITLE),
    act: ({ ben }) => ben.click("Create show"),
    request: [COMMIT, TITLE],
    refusal: { alertIn: ({ ben }) => ben.page.locator("form.card") },
    async shows({ ben }) {
      await ben.seesHeading(TITLE);
      const { place } = ben;
      await ben.goTo("#/");
      const links = region(ben, "Your shows").getByRole("link", { name: TITLE });
      await links.first().waitFor();
      assert.equal(await links.count(), 1);
      await links.click();
      await ben.seesHeading(TITLE);
      assert.equal(ben.place, place);
    },
  },
  {
    name: "choose a playlist",
    method: "playlists.setPlaylist",
    person: byBen,
    async reach({ ben }) {
      await ben.click("Choose a playlist");
      await dialogOf(ben)
        .getByRole("button", { name: /[1-9]\d* tracks?$/ })
        .first()
        .waitFor();
    },
    act: ({ ben }) =>
      dialogOf(ben)
        .getByRole("button", { name: /[1-9]\d* tracks?$/ })
        .first()
        .click(),
    request: ["**/setShowPlaylist"],
    refusal: { alertIn: ({ ben }) => dialogOf(ben) },
    async shows({ ben }) {
      await dialogOf(ben).waitFor({ state: "detached" });
      await ben.sees(/, \d+ tracks?$/);
    },
  },
  {
    name: "tag a show",
    method: "shows.edit",
    person: byBen,
    act: ({ ben }) => ben.page.getByRole("checkbox", { name: "jazz" }).click(),
    request: [COMMIT, "tags"],
    isQuiet: true,
    refusal: { alertIn: ({ ben }) => region(ben, "Tags") },
    shows: (scene) =>
      isStored(
        scene.endpoints,
        `shows/${idOf(scene)}`,
        /"tags":\{"arrayValue":\{"values":\[\{"stringValue":"jazz"\}\]/,
      ),
  },
  {
    name: "rename a draft",
    method: "shows.edit",
    person: byBen,
    reach: ({ ben }) => ben.page.getByLabel("What's it about?").fill("The hour before."),
    act: ({ ben }) => ben.click("Save"),
    request: [COMMIT, "The hour before."],
    refusal: {
      alertIn: ({ ben }) => ben.page.getByRole("form", { name: "Title and description" }),
    },
    async shows({ ben }) {
      await ben.page.locator("button:disabled", { hasText: /^Save$/ }).waitFor();
      await ben.page.locator("p", { hasText: "The hour before." }).first().waitFor();
    },
  },
  {
    name: "schedule a show",
    method: "shows.edit",
    person: byBen,
    reach: (scene) => whenCard(scene).getByLabel("Start time").fill("2036-05-01T20:00"),
    act: (scene) => whenCard(scene).getByRole("button", { name: "Schedule" }).click(),
    request: [COMMIT, "scheduledFor"],
    refusal: { alertIn: whenCard },
    shows: ({ ben }) => ben.sees(/^Scheduled for /),
  },
  {
    name: "set a reminder",
    method: "notifications.remind",
    person: byDan,
    reach: openForDan,
    act: ({ dan }) => dan.click("Remind me"),
    request: [COMMIT, "reminders"],
    refusal: { alertIn: comingUp },
    shows: ({ dan }) => dan.button("Cancel reminder").waitFor(),
  },
  {
    name: "cancel a reminder",
    method: "notifications.cancelReminder",
    person: byDan,
    act: ({ dan }) => dan.click("Cancel reminder"),
    request: [COMMIT, "reminders"],
    refusal: { alertIn: comingUp },
    shows: ({ dan }) => dan.button("Remind me").waitFor(),
  },
  {
    name: "follow",
    method: "follows.follow",
    person: byDan,
    act: ({ dan }) => dan.click("Follow Ben Lindqvist"),
    request: [COMMIT, "following"],
    refusal: { alertIn: comingUp },
    shows: ({ dan }) => dan.button("Unfollow Ben Lindqvist").waitFor(),
  },
  {
    name: "unfollow",
    method: "follows.unfollow",
    person: byDan,
    act: ({ dan }) => dan.click("Unfollow Ben Lindqvist"),
    request: [COMMIT, "following"],
    refusal: { alertIn: comingUp },
    shows: ({ dan }) => dan.button("Follow Ben Lindqvist").waitFor(),
  },
  {
    name: "report a show",
    method: "ambient.report",
    person: byDan,
    async reach({ dan }) {
      await dan.click("Report");
      await dan.page.getByLabel("What's wrong?").fill("It was announced twice.");
    },
    act: ({ dan }) => dan.click("Send report"),
    request: ["**/report"],
    refusal: { alertIn: ({ dan }) => dialogOf(dan) },
    shows: ({ dan }) => dan.sees("Thanks. Our admins will look into it."),
    restore: ({ dan }) => dan.click("Done"),
  },
  {
    name: "go live",
    method: "stay.start",
    person: byBen,
    act: ({ ben }) => ben.click("Go live"),
    request: ["**/startShow"],
    refusal: { alertIn: ({ ben }) => ben.page.locator(".page-narrow") },
    async shows({ ben, dan }) {
      for (const person of [ben, dan]) await person.sees("On stage");
    },
  },
  {
    name: "end a show",
    method: "show.end",
    person: byBen,
    reach: ({ ben }) => ben.click("End show"),
    act: ({ ben }) => ben.click("End now"),
    request: ["**/endShow"],
    refusal: { alertIn: ({ ben }) => dialogOf(ben) },
    async shows({ ben, dan }) {
      await ben.seesHeading("Your show summary");
      await dan.seesHeading("Thanks for listening");
    },
  },
  {
    name: "delete a draft",
    method: "shows.delete",
    person: byBen,
    async reach(scene) {
      await newShow(scene, SPARE);
      await scene.ben.click("Create show");
      await scene.ben.seesHeading(SPARE);
      await scene.ben.click("Delete draft");
    },
    act: ({ ben }) => ben.click("Delete now"),
    request: [COMMIT, "delete"],
    refusal: { alertIn: ({ ben }) => dialogOf(ben) },
    async shows({ ben }) {
      await ben.seesHeading("Live & upcoming");
      await region(ben, "Your shows").getByRole("link", { name: TITLE }).waitFor();
      assert.equal(await ben.page.getByRole("link", { name: SPARE }).count(), 0);
    },
  },
  {
    name: "cancel a show",
    method: "shows.cancel",
    person: byBen,
    async reach(scene) {
      const { ben } = scene;
      await newShow(scene, "Another morning");
      await ben.page.getByLabel("Start time").fill("2036-05-01T20:00");
      await ben.click("Schedule show");
      await ben.click("Cancel show");
    },
    act: ({ ben }) => ben.click("Cancel now"),
    request: ["**/cancelShow"],
    refusal: { alertIn: ({ ben }) => dialogOf(ben) },
    shows: ({ ben }) => ben.seesHeading(/was cancelled$/),
  },
  {
    name: "report a person",
    method: "ambient.report",
    person: byDan,
    async reach({ dan }) {
      await dan.goTo(`#/creator/${uidOf("creator-ben")}`);
      await dan.seesHeading("Ben Lindqvist");
      await dan.click("Report");
      await dan.page.getByLabel("What's wrong?").fill("Pretends to be somebody else.");
    },
    act: ({ dan }) => dan.click("Send report"),
    request: ["**/report"],
    refusal: { alertIn: ({ dan }) => dialogOf(dan) },
    shows: ({ dan }) => dan.sees("Thanks. Our admins will look into it."),
    restore: ({ dan }) => dan.click("Done"),
  },
  {
    name: "block a person",
    method: "account.block",
    person: byDan,
    act: ({ dan }) => dan.click("Block Ben Lindqvist"),
    request: [COMMIT, "blocked"],
    refusal: { alertIn: ({ dan }) => dan.page.locator(".creator-head") },
    shows: ({ dan }) => dan.seesHeading("You blocked this person"),
  },
  {
    name: "lift a block on the person's page",
    method: "account.unblock",
    person: byDan,
    act: ({ dan }) => dan.click("Unblock"),
    request: [COMMIT, "blocked"],
    refusal: { alertIn: ({ dan }) => dan.page.locator(".notice-page") },
    shows: ({ dan }) => dan.seesHeading("Ben Lindqvist"),
  },
];
