import { type Answer, empty, text } from "../http/answer.js";
import { escapeHtml } from "../http/escapeHtml.js";
import { changeAccount, expire, pay } from "./actions.js";
import { parseForm } from "./form.js";
import type { StripeRequest } from "./http.js";
import type { Account, OnboardingLink, Session, State } from "./state.js";

/** The pages that a person sees at Stripe: paying, the onboarding form and the dashboard. */
export function page(state: State, { method, path, body }: StripeRequest): Answer {
  const [, place, id = ""] = /^\/(c\/pay|setup|express)\/([^/]+)$/.exec(path) ?? [];
  const act = method === "POST" ? (parseForm(body).get("act") ?? "") : null;
  switch (place) {
    case "c/pay": {
      const session = state.sessions.get(id);
      return session ? payPage(state, session, act) : text(404, "There is no such payment page");
    }
    case "setup": {
      const link = state.onboarding.get(id);
      return link ? setupPage(state, link, act) : text(404, "This link has been used");
    }
    case "express": {
      const account = state.dashboards.get(id);
      state.dashboards.delete(id);
      return account ? dashboardPage(account) : text(404, "This link has been used");
    }
    default:
      return text(404, "Not found");
  }
}

function payPage(state: State, session: Session, act: string | null): Answer {
  switch (act) {
    case "pay":
    case "later":
      pay(state, session, act === "pay" ? "now" : "later");
      return seeOther(session.successUrl);
    case "expire":
      expire(state, session);
      return seeOther(session.cancelUrl);
    case "back":
      return seeOther(session.cancelUrl);
  }
  const amount = `${session.amount} ${session.currency.toUpperCase()} (smallest units)`;
  if (session.status !== "open")
    return html("This page is closed", "<p>It was paid or expired.</p>");
  return html(
    `Pay ${amount}`,
    `<p>${escapeHtml(session.title)}</p>
<form method="post">
${button("pay", "Pay")}
${button("later", "Pay by a transfer that settles later")}
${button("expire", "Let this page expire")}
${button("back", "Go back without paying")}
</form>`,
  );
}

function setupPage(state: State, link: OnboardingLink, act: string | null): Answer {
  const { account, returnUrl, refreshUrl } = link;
  const isUsed = link.state === "done" || (act === null && link.state === "opened");
  if (isUsed) return seeOther(refreshUrl);
  link.state = act === null ? "opened" : "done";
  if (act === "finish") {
    changeAccount(state, account, {
      chargesEnabled: true,
      payoutsEnabled: true,
      requirementsDue: [],
    });
    return seeOther(returnUrl);
  }
  if (act === "later") return seeOther(returnUrl);
  return html(
    "Get paid with Stripe",
    `<p>Here Stripe asks creators who they are, and for their bank account.</p>
<form method="post">
${button("finish", "Give Stripe everything")}
${button("later", "Finish later")}
</form>`,
  );
}

function dashboardPage({ balance, payoutsEnabled }: Account): Answer {
  const rows = [...balance].map(
    ([currency, amount]) =>
      `<li>${amount} ${escapeHtml(currency.toUpperCase())} (smallest units)</li>`,
  );
  return html(
    "Your payouts",
    `<p>Payouts are ${payoutsEnabled ? "on" : "off"}.</p>
<ul>${rows.join("") || "<li>Nothing yet</li>"}</ul>`,
  );
}

function seeOther(location: string): Answer {
  return empty(303, { location });
}

function button(act: string, label: string): string {
  return `<button name="act" value="${act}">${escapeHtml(label)}</button>`;
}

function html(title: string, content: string): Answer {
  return {
    status: 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
      "cache-control": "no-store",
    },
    body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Local Stripe: ${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<p class="badge">Local Stripe</p>
<h1>${escapeHtml(title)}</h1>
<p>This page stands in for Stripe’s. Nothing here leaves your machine, and no money moves.</p>
${content}
</main>
</body>
</html>
`,
  };
}

const style = `
:root { color-scheme: light dark; --ground: #f6f6f8; --ink: #14142b; --quiet: #54546a; --line: #d4d4de;
  --accent: #4b3fc4; --on-accent: #fff; }
@media (prefers-color-scheme: dark) { :root { --ground: #14141d; --ink: #fff; --quiet: #b6b6c6;
  --line: #3a3a4a; --accent: #a79dff; --on-accent: #0d0d16; } }
body { margin: 0; padding: 2rem 1rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 30rem; margin: 0 auto; }
h1 { margin: .5rem 0; font-size: 1.6rem; line-height: 1.2; }
p { color: var(--quiet); }
.badge { display: inline-block; margin: 0; padding: .1rem .6rem; border: 1px solid var(--line);
  border-radius: 1rem; font-size: .8rem; }
form { display: grid; gap: .7rem; margin-top: 1.5rem; }
button { padding: .7rem 1rem; border: 1px solid var(--line); border-radius: .6rem; background: none;
  color: var(--ink); font: inherit; cursor: pointer; }
button:first-child { background: var(--accent); color: var(--on-accent); font-weight: 700; }
button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
`;
