import assert from "node:assert/strict";
import { letASecondPass } from "../../support/adminSide.js";
import {
  type Action,
  chooseFromMenu,
  COMMIT,
  commentOf,
  dialogOf,
  region,
  type ShowScene,
  uidOf,
} from "../action.js";
import { isStored } from "../stored.js";

type ChatAction = Action<ShowScene>;

const byBen = ({ ben }: ShowScene) => ben;
const byDan = ({ dan }: ShowScene) => dan;
const fieldOf = ({ dan }: ShowScene) => dan.page.getByLabel("Your comment", { exact: true });

const FIRST = "Is this the long version?";
const REPLY = "It is, I think.";

const letDanWrite = ({ endpoints, showId }: ShowScene) =>
  letASecondPass(endpoints, showId, uidOf("listener-dan"));

/** Arrives once, and stays the only one. */
async function isOnce({ ben }: ShowScene, text: string): Promise<void> {
  await commentOf(ben, text).last().waitFor();
  assert.equal(await commentOf(ben, text).count(), 1);
}

/** An item of the menu of Dan's comment. */
const fromMenu = (
  name: string,
  item: string,
  method: string,
  word: string,
  shows: ChatAction["shows"],
): ChatAction => ({
  name,
  method,
  person: byBen,
  act: ({ ben }) => chooseFromMenu(ben, FIRST, item),
  request: [COMMIT, word],
  isQuiet: true,
  refusal: { alertIn: ({ ben }) => ben.page.locator(".panel-comments") },
  shows,
});

const pinOf = ({ dan }: ShowScene) =>
  dan.page.getByRole("complementary", { name: "Pinned comment" });

/** A switch of the show's settings, and what the audience then sees. */
const setting = (name: string, field: string, shown: string): ChatAction => ({
  name: `switch “${name}” off`,
  method: "show.configure",
  person: byBen,
  act: ({ ben }) => region(ben, "Settings").getByRole("switch", { name, exact: true }).click(),
  request: [COMMIT, field],
  isQuiet: true,
  refusal: { alertIn: ({ ben }) => region(ben, "Settings") },
  shows: ({ dan }) => dan.sees(shown),
  async restore({ ben, dan }) {
    await region(ben, "Settings").getByRole("switch", { name, exact: true }).click();
    await dan.seesNoMore(shown);
  },
});

/** A choice of the show's settings. */
const choice = (name: string, field: string, option: string, value: number): ChatAction => ({
  name: `choose “${name}”`,
  method: "show.configure",
  person: byBen,
  act: ({ ben }) => region(ben, "Settings").getByLabel(name, { exact: true }).selectOption(option),
  request: [COMMIT, field],
  isQuiet: true,
  refusal: { alertIn: ({ ben }) => region(ben, "Settings") },
  shows: ({ endpoints, showId }) =>
    isStored(endpoints, `shows/${showId}`, new RegExp(`"${field}":\\{"integerValue":"${value}"`)),
});

/** Comments, reactions, and what the creator sets for them. */
export const chat: readonly ChatAction[] = [
  {
    name: "comment",
    method: "comments.send",
    person: byDan,
    reach: (scene) => fieldOf(scene).fill(FIRST),
    act: ({ dan }) => dan.click("Send"),
    request: [COMMIT, FIRST],
    refusal: { disabled: ({ dan }) => dan.button("Send") },
    shows: (scene) => isOnce(scene, FIRST),
    restore: letDanWrite,
  },
  {
    name: "reply",
    method: "comments.send",
    person: byDan,
    async reach(scene) {
      await scene.ben.write("What do you all hear?");
      await chooseFromMenu(scene.dan, "What do you all hear?", "Reply");
      await fieldOf(scene).fill(REPLY);
    },
    act: ({ dan }) => dan.click("Send"),
    request: [COMMIT, REPLY],
    refusal: { disabled: ({ dan }) => dan.button("Send") },
    async shows(scene) {
      await isOnce(scene, REPLY);
      await commentOf(scene.ben, REPLY).getByText("Replied to you").waitFor();
    },
    restore: letDanWrite,
  },
  {
    name: "delete a comment",
    method: "comments.delete",
    person: byDan,
    act: ({ dan }) => chooseFromMenu(dan, REPLY, "Delete"),
    request: [COMMIT, "delete"],
    refusal: { alertIn: ({ dan }) => dan.page.locator(".panel-comments") },
    async shows({ ben, dan }) {
      for (const person of [dan, ben]) await person.seesNoMore(REPLY);
    },
  },
  fromMenu("hide a comment", "Hide from listeners", "comments.hide", "hidden", ({ dan }) =>
    dan.seesNoMore(FIRST),
  ),
  fromMenu("show a comment again", "Show to listeners", "comments.unhide", "hidden", ({ dan }) =>
    dan.sees(FIRST),
  ),
  fromMenu("pin a comment", "Pin", "comments.pin", "pinnedCommentId", (scene) =>
    pinOf(scene).waitFor(),
  ),
  fromMenu("unpin a comment", "Unpin", "comments.pin", "pinnedCommentId", (scene) =>
    pinOf(scene).waitFor({ state: "detached" }),
  ),
  {
    name: "remove a pin",
    method: "comments.pin",
    person: byBen,
    async reach(scene) {
      await chooseFromMenu(scene.ben, FIRST, "Pin");
      await pinOf(scene).waitFor();
    },
    act: ({ ben }) => ben.click("Remove pin"),
    request: [COMMIT, "pinnedCommentId"],
    refusal: {
      alertIn: ({ ben }) => ben.page.getByRole("complementary", { name: "Pinned comment" }),
    },
    shows: (scene) => pinOf(scene).waitFor({ state: "detached" }),
  },
  {
    name: "report a comment",
    method: "ambient.report",
    person: byDan,
    async reach({ dan }) {
      await chooseFromMenu(dan, "What do you all hear?", "Report");
      await dan.page.getByLabel("What's wrong?").fill("Nobody knows.");
    },
    act: ({ dan }) => dan.click("Send report"),
    request: ["**/report"],
    refusal: { alertIn: ({ dan }) => dialogOf(dan) },
    shows: ({ dan }) => dan.sees("Thanks. Our admins will look into it."),
    restore: ({ dan }) => dan.click("Done"),
  },
  {
    name: "react",
    method: "reactions.send",
    person: byDan,
    act: ({ dan }) => dan.click("0 claps"),
    request: [COMMIT, "reactions"],
    refusal: { disabled: ({ dan }) => dan.button("0 claps") },
    async shows({ ben, dan }) {
      for (const person of [ben, dan]) await person.button("1 clap").waitFor();
    },
  },
  setting("Chat", "commentsEnabled", "Comments are off."),
  setting(
    "Requests to speak",
    "speakRequestsOpen",
    "The hosts aren't taking requests to speak right now.",
  ),
  setting("Song requests", "songRequestsOpen", "The hosts aren't taking song requests right now."),
  choice("Slow mode", "slowModeSeconds", "30 seconds", 30),
  choice("Speaker limit", "maxSpeakers", "3", 3),
  {
    name: "extend slow mode when it is busy",
    method: "show.configure",
    person: byBen,
    act: ({ ben }) =>
      ben.page.getByRole("switch", { name: "Extend slow mode when it's busy" }).click(),
    request: [COMMIT, "adaptiveSlowMode"],
    isQuiet: true,
    refusal: { alertIn: ({ ben }) => region(ben, "Settings") },
    shows: ({ endpoints, showId }) =>
      isStored(endpoints, `shows/${showId}`, /"adaptiveSlowMode":\{"booleanValue":true/),
  },
  {
    name: "rename a live show",
    method: "shows.edit",
    person: byBen,
    reach: ({ ben }) =>
      ben.page
        .getByRole("form", { name: "Title and description" })
        .getByLabel("Title", { exact: true })
        .fill("A new name"),
    act: ({ ben }) => ben.click("Save"),
    request: [COMMIT, "A new name"],
    refusal: {
      alertIn: ({ ben }) => ben.page.getByRole("form", { name: "Title and description" }),
    },
    async shows({ ben, dan }) {
      await dan.seesHeading("A new name");
      await ben.page.locator("button:disabled", { hasText: /^Save$/ }).waitFor();
    },
  },
  {
    name: "filter words",
    method: "shows.setWordFilter",
    person: byBen,
    reach: ({ ben }) => ben.page.getByLabel("Words, separated by commas").fill("scam"),
    act: ({ ben }) => ben.click("Save words"),
    request: ["**/setWordFilter"],
    refusal: { alertIn: ({ ben }) => region(ben, "Filtered words") },
    async shows({ ben, endpoints, showId }) {
      await ben.page.locator("button:disabled", { hasText: "Save words" }).waitFor();
      await isStored(endpoints, `shows/${showId}/filter/words`, /"scam"/);
    },
  },
];
