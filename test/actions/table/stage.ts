import { letASecondPass, rewrite } from "../../support/adminSide.js";
import {
  type Action,
  COMMIT,
  commentOf,
  chooseFromMenu,
  dialogOf,
  openDan,
  region,
  type ShowScene,
  uidOf,
} from "../action.js";

type StageAction = Action<ShowScene>;

const DAN = uidOf("listener-dan");

const byBen = ({ ben }: ShowScene) => ben;
const byDan = ({ dan }: ShowScene) => dan;

/** Ends the wait between two requests to speak. */
async function letDanAskAgain({ dan, endpoints, showId }: ShowScene): Promise<void> {
  const anHourAgo = { timestampValue: new Date(Date.now() - 3_600_000).toISOString() };
  await rewrite(endpoints, `shows/${showId}/speakRequests/${DAN}`, {
    status: { stringValue: "cancelled" },
    createdAt: anHourAgo,
    decidedAt: anHourAgo,
  });
  await dan.button("Raise hand").waitFor();
}

async function raiseHand({ dan }: ShowScene): Promise<void> {
  await dan.click("Raise hand");
  await dan.click("Ask to speak");
  await dan.sees("Your hand is up.");
}

const danAt = ({ ben }: ShowScene, place: string) =>
  ben.button(new RegExp(`^Dan ${place}`)).first();

type ToDan = Pick<StageAction, "name" | "method" | "shows" | "restore"> & {
  readonly button: string;
  readonly url: string;
  readonly prepare?: StageAction["reach"];
};

/** A host does something to Dan in Dan's dialog. */
const toDan = ({ button, url, prepare, shows, ...rest }: ToDan): StageAction => ({
  ...rest,
  button,
  person: byBen,
  async reach(scene) {
    await prepare?.(scene);
    await openDan(scene.ben);
  },
  act: ({ ben }) => dialogOf(ben).getByRole("button", { name: button, exact: true }).click(),
  request: [url],
  refusal: { alertIn: ({ ben }) => dialogOf(ben) },
  async shows(scene) {
    await dialogOf(scene.ben).waitFor({ state: "detached" });
    await shows(scene);
  },
});

/** Does the same for actions that ask for confirmation. */
const toDanConfirmed = (action: ToDan): StageAction => {
  const unconfirmed = toDan(action);
  return {
    ...unconfirmed,
    async reach(scene) {
      await unconfirmed.reach?.(scene);
      await unconfirmed.act(scene);
      await scene.ben.button("Cancel").waitFor();
    },
  };
};

const accept = async (scene: ShowScene) => {
  await scene.dan.click("Accept");
  await scene.dan.button("Leave stage").waitFor();
};

const invite = async (scene: ShowScene) => {
  await openDan(scene.ben);
  await scene.ben.click("Invite to speak");
  await scene.dan.sees("You're invited to speak.");
};

const rejoin = async ({ dan }: ShowScene) => {
  await dan.page.reload();
  await dan.sees("On stage");
};

/** Raising a hand, the stage, and what hosts do about a person. */
export const stage: readonly StageAction[] = [
  {
    name: "raise hand",
    method: "stage.ask",
    person: byDan,
    reach: ({ dan }) => dan.click("Raise hand"),
    act: ({ dan }) => dan.click("Ask to speak"),
    request: [COMMIT, "speakRequests"],
    refusal: { alertIn: ({ dan }) => dan.page.locator(".hand") },
    async shows({ ben, dan }) {
      await dan.sees("Your hand is up.");
      await region(ben, "Requests 1").waitFor();
    },
  },
  {
    name: "lower hand",
    method: "stage.cancelAsk",
    person: byDan,
    act: ({ dan }) => dan.click("Lower hand"),
    request: [COMMIT, "speakRequests"],
    refusal: { alertIn: ({ dan }) => dan.page.locator(".hand") },
    shows: ({ ben }) => ben.sees("No raised hands"),
    restore: letDanAskAgain,
  },
  {
    name: "decline a request to speak",
    method: "stage.decide",
    person: byBen,
    reach: raiseHand,
    act: ({ ben }) => ben.click("Decline Dan"),
    request: ["**/decideSpeakRequest"],
    refusal: { alertIn: ({ ben }) => region(ben, /^Requests/) },
    async shows({ ben, dan }) {
      await dan.sees("Request declined.");
      await ben.sees("No raised hands");
    },
    restore: letDanAskAgain,
  },
  {
    name: "accept a request to speak",
    method: "stage.decide",
    person: byBen,
    reach: raiseHand,
    act: ({ ben }) => ben.click("Accept Dan"),
    request: ["**/decideSpeakRequest"],
    refusal: { alertIn: ({ ben }) => region(ben, /^Requests/) },
    async shows({ ben, dan }) {
      await dan.button("Leave stage").waitFor();
      await ben.sees("No raised hands");
    },
  },
  toDan({
    name: "mute",
    button: "Mute",
    method: "moderation.mute",
    url: "**/muteSpeaker",
    async prepare({ ben, dan }) {
      await dan.click("Unmute");
      await ben.hears("voice");
    },
    shows: ({ dan }) => dan.sees("A host muted you"),
  }),
  toDan({
    name: "make cohost",
    button: "Make cohost",
    method: "stage.setRole",
    url: "**/setRole",
    shows: ({ dan }) => dan.sees("You're invited to cohost."),
  }),
  {
    name: "decline an invitation",
    method: "stage.setRole",
    person: byDan,
    act: ({ dan }) => dan.click("Decline"),
    request: ["**/setRole"],
    refusal: { alertIn: ({ dan }) => dan.page.locator(".standing-invitation") },
    async shows(scene) {
      await scene.dan.seesNoMore("You're invited to cohost.");
      await danAt(scene, "Speaker").waitFor();
    },
  },
  {
    name: "accept an invitation",
    method: "stage.acceptInvitation",
    person: byDan,
    async reach(scene) {
      await openDan(scene.ben);
      await scene.ben.click("Make cohost");
      await scene.dan.sees("You're invited to cohost.");
    },
    act: ({ dan }) => dan.click("Accept"),
    request: ["**/acceptInvitation"],
    refusal: { alertIn: ({ dan }) => dan.page.locator(".standing-invitation") },
    shows: (scene) => danAt(scene, "Cohost").waitFor(),
  },
  toDan({
    name: "make a cohost a speaker",
    button: "Make speaker",
    method: "stage.setRole",
    url: "**/setRole",
    shows: (scene) => danAt(scene, "Speaker").waitFor(),
  }),
  toDan({
    name: "move to audience",
    button: "Move to audience",
    method: "stage.setRole",
    url: "**/setRole",
    shows: ({ dan }) => dan.button("Leave stage").waitFor({ state: "detached" }),
    restore: letDanAskAgain,
  }),
  toDan({
    name: "invite to speak",
    button: "Invite to speak",
    method: "stage.setRole",
    url: "**/setRole",
    shows: ({ dan }) => dan.sees("You're invited to speak."),
  }),
  toDan({
    name: "cancel an invitation",
    button: "Cancel invitation",
    method: "stage.setRole",
    url: "**/setRole",
    shows: ({ dan }) => dan.seesNoMore("You're invited to speak."),
  }),
  {
    name: "leave the stage",
    method: "stage.setRole",
    person: byDan,
    async reach(scene) {
      await invite(scene);
      await accept(scene);
    },
    act: ({ dan }) => dan.click("Leave stage"),
    request: ["**/setRole"],
    refusal: { alertIn: ({ dan }) => dan.page.locator(".my-place") },
    shows: (scene) => danAt(scene, "Listener").waitFor(),
    restore: letDanAskAgain,
  },
  toDanConfirmed({
    name: "hide all comments of a person",
    button: "Hide all their comments",
    method: "moderation.hideComments",
    url: "**/hideComments",
    async prepare({ ben, dan, endpoints, showId }) {
      await dan.write("The first of two.");
      await ben.sees("The first of two.");
      await letASecondPass(endpoints, showId, DAN);
      await dan.write("The second of two.");
      await ben.sees("The second of two.");
    },
    async shows({ ben }) {
      await commentOf(ben, "The first of two.").getByText("Hidden from listeners").waitFor();
      await commentOf(ben, "The second of two.").getByText("Hidden from listeners").waitFor();
    },
  }),
  toDanConfirmed({
    name: "remove",
    button: "Remove",
    method: "moderation.remove",
    url: "**/removeParticipant",
    shows: ({ dan }) => dan.seesHeading("You were removed"),
    restore: rejoin,
  }),
  toDanConfirmed({
    name: "remove and ban",
    button: "Remove and ban",
    method: "moderation.remove",
    url: "**/removeParticipant",
    shows: ({ dan }) => dan.seesHeading("You were removed"),
  }),
  {
    name: "lift a ban",
    method: "moderation.unban",
    person: byBen,
    async reach({ ben }) {
      await ben.click("Banned people");
      await ben.button("Lift ban on Dan").waitFor();
    },
    act: ({ ben }) => ben.click("Lift ban on Dan"),
    request: ["**/unban"],
    refusal: { alertIn: ({ ben }) => dialogOf(ben) },
    shows: ({ ben }) => ben.sees("Nobody is banned"),
    restore: ({ ben }) => ben.click("Close"),
  },
  {
    name: "ban somebody who is not here",
    method: "moderation.remove",
    button: "Ban",
    person: byBen,
    async reach({ ben }) {
      await chooseFromMenu(ben, "The first of two.", "View Dan");
      await dialogOf(ben).getByRole("button", { name: "Ban", exact: true }).click();
      await ben.button("Cancel").waitFor();
    },
    act: ({ ben }) => dialogOf(ben).getByRole("button", { name: "Ban", exact: true }).click(),
    request: ["**/removeParticipant"],
    refusal: { alertIn: ({ ben }) => dialogOf(ben) },
    async shows({ ben }) {
      await dialogOf(ben).waitFor({ state: "detached" });
      await ben.click("Banned people");
      await ben.button("Lift ban on Dan").waitFor();
    },
    async restore(scene) {
      const { ben } = scene;
      await ben.click("Lift ban on Dan");
      await ben.sees("Nobody is banned");
      await ben.click("Close");
      await rejoin(scene);
    },
  },
];
