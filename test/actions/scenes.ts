import type { Browser } from "playwright-core";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { openBrowser } from "../browser/browser.js";
import { createShow, DemoPage } from "../browser/demoPage.js";
import { rewrite } from "../support/adminSide.js";
import { runningSuite } from "../support/suite.js";
import type { Scene, ShowScene } from "./action.js";

interface Cast {
  readonly endpoints: Endpoints;
  readonly browser: Browser;
  readonly open: (persona: string, place?: string) => Promise<DemoPage>;
}

async function cast(): Promise<Cast> {
  const [endpoints, browser] = await Promise.all([runningSuite(), openBrowser()]);
  return {
    endpoints,
    browser,
    open: (persona, place = "#/") => DemoPage.open(browser, endpoints, { persona, place }),
  };
}

const version = { stringValue: "1.0.0" };

/** Writes the clients' configuration before pages listen: the emulator's listeners may miss a document that begins to exist. */
export async function configureClients(fields: Parameters<typeof rewrite>[2] = {}): Promise<void> {
  await rewrite(await runningSuite(), "config/client", {
    minVersions: { mapValue: { fields: { ios: version, android: version, web: version } } },
    features: { mapValue: {} },
    ...fields,
  });
}

/** Ben and Dan, each on a page of their own. */
export async function onTheirPages(ofBen = "#/", ofDan = "#/"): Promise<Scene> {
  const { browser, endpoints, open } = await cast();
  const [ben, dan] = await Promise.all([open("creator-ben", ofBen), open("listener-dan", ofDan)]);
  return { endpoints, browser, ben, dan };
}

/** Ben's live show, which Dan has joined. */
export async function inLiveShow(title: string): Promise<ShowScene> {
  const { browser, endpoints, open } = await cast();
  const ben = await open("creator-ben");
  await createShow(ben, title);
  await ben.click("Go live");
  await ben.sees("On stage");
  const dan = await open("listener-dan", ben.place);
  await dan.sees("On stage");
  return { endpoints, browser, ben, dan, showId: ben.place.split("/").at(-1) ?? "" };
}

/** A show left live would be in the way of the next scene. */
export async function endShow({ ben }: ShowScene): Promise<void> {
  await ben.page.reload();
  await ben.click("End show");
  await ben.click("End now");
  await ben.seesHeading("Your show summary");
}
