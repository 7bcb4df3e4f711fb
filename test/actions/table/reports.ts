import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { Action, Scene } from "../action.js";

/** Ben is the admin, and Dan has reported somebody. */
const byBen = ({ ben }: Scene) => ben;
const byDan = ({ dan }: Scene) => dan;

const reportIn = ({ ben }: Scene): Locator =>
  ben.page.getByRole("article").filter({ hasText: "Reported by the test of the actions" });

/** What admins decide, and how people appeal. */
export const reports: readonly Action[] = [
  {
    name: "decide a report",
    method: "admin.resolve",
    person: byBen,
    async reach(scene) {
      await reportIn(scene).getByLabel("Reason").fill("Nothing is wrong.");
    },
    act: (scene) => reportIn(scene).getByRole("button", { name: "Decide" }).click(),
    request: ["**/resolveReport"],
    refusal: { alertIn: reportIn },
    async shows(scene) {
      await reportIn(scene).waitFor({ state: "detached" });
      await scene.dan.sees("Nothing is wrong.");
      assert.equal(await scene.dan.page.getByText("Nothing is wrong.").count(), 1);
    },
  },
  {
    name: "appeal",
    method: "account.appeal",
    person: byDan,
    async reach({ dan }) {
      await dan.click("Appeal");
      await dan.page.getByLabel("Why is the decision wrong?").fill("Look again, please.");
    },
    act: ({ dan }) => dan.click("Send appeal"),
    request: ["**/appealDecision"],
    refusal: {
      alertIn: ({ dan }) => dan.page.getByRole("region", { name: "Moderation decisions" }),
    },
    shows: ({ dan }) => dan.sees(/Your appeal was sent/),
  },
  {
    name: "decide an appeal",
    method: "admin.decideAppeal",
    person: byBen,
    async reach(scene) {
      await scene.ben.page.getByLabel("Status").selectOption("Appealed");
      await reportIn(scene).getByText("Look again, please.").waitFor();
      await reportIn(scene).getByLabel("Reason").fill("We looked again.");
    },
    act: (scene) => reportIn(scene).getByRole("button", { name: "Uphold decision" }).click(),
    request: ["**/decideAppeal"],
    refusal: { alertIn: reportIn },
    async shows(scene) {
      await reportIn(scene).waitFor({ state: "detached" });
      await scene.dan.sees("We looked again.");
      assert.equal(await scene.dan.page.getByText("We looked again.").count(), 1);
    },
  },
];
