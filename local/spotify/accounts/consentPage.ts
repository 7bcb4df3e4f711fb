import type { Answer } from "../../http/answer.js";
import { escapeHtml } from "../../http/escapeHtml.js";
import type { Persona } from "../personas.js";

interface Consent {
  readonly scopes: readonly string[];
  readonly personas: readonly Persona[];
  readonly agreeUrl: (personaId: string) => string;
  readonly cancelUrl: string;
}

export function consentPage(consent: Consent): Answer {
  return {
    status: 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
      // The page's address contains the app's state and challenge.
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    },
    body: page(consent),
  };
}

function page({ scopes, personas, agreeUrl, cancelUrl }: Consent): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Local Spotify: choose an account</title>
<style>${style}</style>
</head>
<body>
<main>
<p class="badge">Local Spotify</p>
<h1>Who is signing in?</h1>
<p>This page stands in for Spotify’s. Nothing here leaves your machine.</p>
${scopeList(scopes)}
<h2 id="accounts">Accounts</h2>
<ul class="accounts" aria-labelledby="accounts">
${personas.map((persona) => account(persona, agreeUrl(persona.id))).join("\n")}
</ul>
<p><a class="cancel" href="${escapeHtml(cancelUrl)}">Cancel</a></p>
</main>
</body>
</html>
`;
}

function scopeList(scopes: readonly string[]): string {
  if (scopes.length === 0) return "<p>The app asks for no more than the public profile.</p>";
  const items = scopes.map((scope) => `<li><code>${escapeHtml(scope)}</code></li>`);
  return `<h2>The app asks for</h2>\n<ul class="scopes">${items.join("")}</ul>`;
}

function account(persona: Persona, agreeUrl: string): string {
  const name = persona.displayName ?? persona.spotifyId;
  const initial = String.fromCodePoint(name.codePointAt(0) ?? 0x3f);
  const notes = [
    persona.id,
    persona.product,
    ...(persona.allowed ? [] : ["not on the allow-list"]),
  ];
  return `<li>
<span class="initial" aria-hidden="true">${escapeHtml(initial)}</span>
<span class="who"><strong>${escapeHtml(name)}</strong><small>${escapeHtml(notes.join(" · "))}</small></span>
<a class="agree" href="${escapeHtml(agreeUrl)}" aria-label="Agree as ${escapeHtml(name)}">Agree</a>
</li>`;
}

const style = `
:root { color-scheme: light dark; --ground: #f6f6f6; --card: #fff; --ink: #121212; --quiet: #5a5a5a;
  --line: #d9d9d9; --accent: #0f7a39; --on-accent: #fff; }
@media (prefers-color-scheme: dark) { :root { --ground: #121212; --card: #1d1d1d; --ink: #fff;
  --quiet: #b3b3b3; --line: #383838; --accent: #1ed760; --on-accent: #000; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem 1rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 34rem; margin: 0 auto; }
h1 { margin: .5rem 0; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 2rem 0 .5rem; font-size: 1rem; }
p, small { color: var(--quiet); }
.badge { display: inline-block; margin: 0; padding: .1rem .6rem; border: 1px solid var(--line);
  border-radius: 1rem; font-size: .8rem; }
ul { margin: 0; padding: 0; list-style: none; }
.scopes { display: flex; flex-wrap: wrap; gap: .4rem; }
.scopes code { padding: .1rem .4rem; background: var(--card); border: 1px solid var(--line);
  border-radius: .3rem; font-size: .85rem; overflow-wrap: anywhere; }
.accounts li { display: flex; align-items: center; gap: .8rem; padding: .7rem .9rem;
  background: var(--card); border: 1px solid var(--line); }
.accounts li + li { border-top: 0; }
.accounts li:first-child { border-radius: .6rem .6rem 0 0; }
.accounts li:last-child { border-radius: 0 0 .6rem .6rem; }
.initial { display: grid; place-items: center; flex: none; width: 2.5rem; height: 2.5rem;
  border-radius: 50%; background: var(--ground); border: 1px solid var(--line); font-weight: 700; }
.who { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.who small { display: block; }
.agree { padding: .5rem 1.1rem; border-radius: 2rem; background: var(--accent);
  color: var(--on-accent); font-weight: 700; text-decoration: none; }
.cancel { color: var(--ink); }
a:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
`;
