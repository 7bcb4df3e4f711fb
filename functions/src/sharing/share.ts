import type { Request, Response } from "firebase-functions/https";
import type { SharedShowFacts } from "../contract/sharing.js";
import type { Dependencies } from "../dependencies.js";
import { appleAppSiteAssociation, assetLinks } from "./appLinks.js";
import { type SharedShow, sharedShow } from "./sharedShow.js";
import { CONTENT_SECURITY_POLICY, missingPage, sharePage } from "./sharePage.js";

/**
 * A page, its card, and the same facts as JSON, for users who are not signed in. The card's address names the show's status,
 * since messengers keep pictures for long.
 */
const SHOW = /^\/s\/([^/]+)(\/card-(?:scheduled|live|ended|cancelled)\.png|\/show\.json)?\/?$/;
const DAY = 86_400;

/**
 * How long browsers and Google's CDN may keep a show's page and card, in seconds. Short for ended shows, too: a show that is
 * taken down, or whose creator is suspended or deleted, must soon disappear from its link.
 */
const MAX_AGE = { live: 30, scheduled: 120, ended: 120, cancelled: 120 } as const;
/** A link that leads nowhere may soon lead somewhere. */
const MISSING_MAX_AGE = 30;

/**
 * What is behind a shared link: the page of a show, its card, and the files by which phones know that the apps may open
 * these links. https://firebase.google.com/docs/hosting/manage-cache
 */
export async function share(
  deps: Pick<Dependencies, "firestore" | "appUrl" | "linkedApps">,
  request: Request,
  response: Response,
): Promise<void> {
  response.set("X-Content-Type-Options", "nosniff").set("Referrer-Policy", "no-referrer");
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.set("Allow", "GET, HEAD").status(405).send("GET only");
    return;
  }
  if (request.path === "/.well-known/assetlinks.json") {
    cache(response, DAY).json(assetLinks(deps.linkedApps));
    return;
  }
  if (request.path === "/.well-known/apple-app-site-association") {
    cache(response, DAY).json(appleAppSiteAssociation(deps.linkedApps));
    return;
  }
  const [, showId, file] = SHOW.exec(request.path) ?? [];
  // The CDN keeps an answer for each query string: with one, a stranger could have the same card drawn again and again.
  const isOurs = showId !== undefined && (file === undefined || !request.url.includes("?"));
  const show = isOurs ? await sharedShow(deps.firestore, showId) : null;
  if (show === null) {
    html(cache(response.status(404), MISSING_MAX_AGE), missingPage(deps.appUrl));
    return;
  }
  cache(response, MAX_AGE[show.status]);
  if (show.isUnlisted) response.set("X-Robots-Tag", "noindex");
  if (file === undefined) html(response, sharePage(show, deps.appUrl));
  else if (file === "/show.json") response.json(factsOf(show));
  else await sendCard(response, show);
}

function factsOf({ title, creatorName, status, scheduledFor }: SharedShow): SharedShowFacts {
  return { title, creatorName, status, scheduledFor: scheduledFor?.toMillis() ?? null };
}

/** Drawing loads a large library, which the page does without. */
async function sendCard(response: Response, show: SharedShow): Promise<void> {
  const { shareCard } = await import("./shareCard.js");
  response.type("png").send(Buffer.from(shareCard(show)));
}

function cache(response: Response, seconds: number): Response {
  return response.set("Cache-Control", `public, max-age=${seconds}, s-maxage=${seconds}`);
}

function html(response: Response, text: string): void {
  response.set("Content-Security-Policy", CONTENT_SECURITY_POLICY).type("html").send(text);
}
