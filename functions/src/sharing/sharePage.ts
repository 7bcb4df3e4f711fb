import { createHash } from "node:crypto";
import { escape } from "./escape.js";
import { shortened } from "./letters.js";
import { type SharedShow, stateOf } from "./sharedShow.js";

const STYLE = `
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5; }
body { display: grid; min-height: 100vh; margin: 0; place-items: center; background: light-dark(#f6f4f1, #121017); color: light-dark(#1f1b16, #f2eff7); }
main { box-sizing: border-box; width: min(100%, 38rem); padding: 24px; }
img { display: block; width: 100%; height: auto; border-radius: 18px; }
h1 { margin: 20px 0 0; line-height: 1.2; overflow-wrap: anywhere; }
p { margin: 8px 0 0; overflow-wrap: anywhere; white-space: pre-line; }
.state { font-weight: 600; }
a { display: inline-block; margin-top: 20px; padding: 12px 24px; border-radius: 999px; background: light-dark(#4c3fc4, #ab9fff); color: light-dark(#ffffff, #170f42); font-weight: 600; text-decoration: none; }
`;
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** No scripts, no frames, nothing from elsewhere: whatever a title contains, the page can do nothing with it. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "img-src 'self'",
  `style-src 'sha256-${STYLE_HASH}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Previews cut longer texts anyway. */
const MAX_DESCRIPTION_LETTERS = 200;

/**
 * The page behind a shared link: what a messenger shows as a preview (Open Graph, https://ogp.me), and for people without the
 * app a button that opens the show on the web. A phone with the app opens the app instead.
 */
export function sharePage(show: SharedShow, appUrl: string): string {
  const { showId, title, description, creatorName, status, isForAdults, isUnlisted } = show;
  const link = `${appUrl}/s/${showId}`;
  const state = stateOf(show);
  const label = isForAdults ? `${state} · 18+` : state;
  const summary = [
    `${label} · with ${creatorName}`,
    shortened(description, MAX_DESCRIPTION_LETTERS),
  ]
    .filter((text) => text !== "")
    .join("\n");
  const card = `/s/${showId}/card-${status}.png`;
  const tags: readonly (readonly [string, string])[] = [
    ["og:type", "website"],
    ["og:site_name", "Ambient"],
    ["og:title", title],
    ["og:description", summary],
    ["og:url", link],
    ["og:image", `${appUrl}${card}`],
    ["og:image:type", "image/png"],
    ["og:image:width", "1200"],
    ["og:image:height", "630"],
    ["og:image:alt", `${title}, with ${creatorName}`],
  ];
  return page(
    title,
    [
      ...(isUnlisted ? [`<meta name="robots" content="noindex">`] : []),
      `<link rel="canonical" href="${escape(link)}">`,
      `<meta name="description" content="${escape(summary)}">`,
      `<meta name="twitter:card" content="summary_large_image">`,
      ...tags.map(
        ([property, content]) => `<meta property="${property}" content="${escape(content)}">`,
      ),
    ],
    `<img src="${card}" width="1200" height="630" alt="">
<h1 dir="auto">${escape(title)}</h1>
<p class="state">${escape(label)}</p>
<p dir="auto">with ${escape(creatorName)}</p>
${description === "" ? "" : `<p dir="auto">${escape(description)}</p>`}
<a href="${escape(`${appUrl}/#/show/${showId}`)}">${openText(show)}</a>`,
  );
}

function openText({ status }: SharedShow): string {
  switch (status) {
    case "live":
      return "Listen in Ambient";
    case "scheduled":
      return "Get a reminder in Ambient";
    default:
      return "Open Ambient";
  }
}

/** The same for everything that cannot be shown. */
export function missingPage(appUrl: string): string {
  return page(
    "There is no such show",
    [`<meta name="robots" content="noindex">`],
    `<h1>There is no such show</h1>
<p>The link may be wrong, or the show is not public.</p>
<a href="${escape(`${appUrl}/`)}">Open Ambient</a>`,
  );
}

function page(title: string, head: readonly string[], body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escape(title)} · Ambient</title>
${head.join("\n")}
<style>${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}
