import type { Browser, Locator } from "playwright-core";
import { personas } from "../../local/spotify/personas.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import type { DemoPage } from "../browser/demoPage.js";

/** A creator, and somebody in the audience. */
export interface Scene {
  readonly endpoints: Endpoints;
  readonly browser: Browser;
  readonly ben: DemoPage;
  readonly dan: DemoPage;
}

export interface ShowScene extends Scene {
  readonly showId: string;
}

/** Something that a person does in the demo, which changes something on the server. */
export interface Action<Where extends Scene = Scene> {
  readonly name: string;
  /** The client's method behind it, as the demo's code has it: `stage.ask`. */
  readonly method: string;
  /** The label of the button in a person's dialog, for what a host does to that person. */
  readonly button?: string;
  readonly person: (scene: Where) => DemoPage;
  /** Opens the view with the button, before the network is cut. */
  readonly reach?: (scene: Where) => Promise<unknown>;
  readonly act: (scene: Where) => Promise<unknown>;
  /** The request whose answer is lost: its address, and a word in it. */
  readonly request: readonly [url: string, word?: string];
  /** No button is busy during it, so the test waits for the answer to the repeated request. */
  readonly isQuiet?: true;
  /** How the view refuses the action without a network: by an alert, or by a disabled button. */
  readonly refusal:
    | { readonly alertIn: (scene: Where) => Locator }
    | { readonly disabled: (scene: Where) => Locator };
  /** Resolves when the effect is visible. */
  readonly shows: (scene: Where) => Promise<unknown>;
  /** Prepares the next action. */
  readonly restore?: (scene: Where) => Promise<unknown>;
}

/** Most writes of the client. */
export const COMMIT = "**/documents:commit**";

export const region = ({ page }: DemoPage, name: string | RegExp): Locator =>
  page.getByRole("region", { name, exact: typeof name === "string" });

export const dialogOf = ({ page }: DemoPage): Locator => page.getByRole("dialog");

/** A comment's row in the chat. */
export const commentOf = ({ page }: DemoPage, text: string): Locator =>
  page.locator(".comment", { hasText: text });

export async function chooseFromMenu(person: DemoPage, text: string, item: string): Promise<void> {
  await commentOf(person, text).locator("[aria-haspopup]").click();
  await person.page.getByRole("menuitem", { name: item, exact: true }).click();
}

/** Opens Dan's dialog at a host, wherever Dan is in the show. */
export async function openDan(host: DemoPage): Promise<void> {
  await host
    .button(/^Dan (Listener|Speaker|Cohost|Invited)/)
    .first()
    .click();
  await dialogOf(host).waitFor();
}

export function uidOf(persona: string): string {
  const found = personas.find(({ id }) => id === persona);
  return `spotify_${found?.accountId ?? ""}`;
}
