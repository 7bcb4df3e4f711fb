import assert from "node:assert/strict";

import {
  appRedirectUri,
  clientId,
  codeChallenge,
  redirectUri,
  useSpotifyHarness,
} from "./support.js";

describe("GET /authorize", () => {
  const harness = useSpotifyHarness();
  const valid = { response_type: "code", client_id: clientId, redirect_uri: redirectUri };

  function authorize(params: Record<string, string>): Promise<Response> {
    const query = new URLSearchParams(params);
    return fetch(`${harness().url}/authorize?${query.toString()}`, { redirect: "manual" });
  }

  function redirectOf(response: Response): URL {
    assert.equal(response.status, 302);
    const location = response.headers.get("location");
    assert(location !== null);
    return new URL(location);
  }

  it("redirects a persona immediately with a code and the unchanged state", async () => {
    const state = "a b&c=d/ü";
    const url = redirectOf(await authorize({ ...valid, persona: "creator-ada", state }));
    assert.equal(url.origin + url.pathname, redirectUri);
    assert.match(url.searchParams.get("code") ?? "", /^AQ[\w-]{60,}$/);
    assert.equal(url.searchParams.get("state"), state);
  });

  it("omits the state if there was none", async () => {
    const url = redirectOf(await authorize({ ...valid, persona: "creator-ada" }));
    assert.equal(url.searchParams.has("state"), false);
  });

  it("redirects to a custom scheme without changing the URI", async () => {
    const response = await authorize({
      ...valid,
      redirect_uri: appRedirectUri,
      persona: "creator-ada",
    });
    assert.match(response.headers.get("location") ?? "", /^ambient:\/\/spotify\?code=AQ/);
  });

  it("never redirects to a URI that is not exactly one of the app's", async () => {
    for (const wrong of [`${redirectUri}/`, `${redirectUri}?x=1`, "https://evil.example/", ""]) {
      const response = await authorize({ ...valid, redirect_uri: wrong, persona: "creator-ada" });
      assert.equal(response.status, 400, wrong);
      assert.equal(response.headers.get("location"), null);
      assert.equal(await response.text(), "INVALID_CLIENT: Invalid redirect URI");
    }
  });

  it("never redirects for an unknown client", async () => {
    const response = await authorize({ ...valid, client_id: "someone", persona: "creator-ada" });
    assert.equal(response.status, 400);
    assert.equal(response.headers.get("location"), null);
    assert.equal(await response.text(), "INVALID_CLIENT: Invalid client");
  });

  it("refuses the implicit grant", async () => {
    const url = redirectOf(await authorize({ ...valid, response_type: "token", state: "s" }));
    assert.equal(url.searchParams.get("error"), "unsupported_response_type");
    assert.equal(url.searchParams.get("state"), "s");
    assert.equal(url.searchParams.has("code"), false);
  });

  it("accepts only well-formed S256 challenges", async () => {
    const wrong = [
      { code_challenge: codeChallenge },
      { code_challenge: codeChallenge, code_challenge_method: "plain" },
      { code_challenge: `${codeChallenge}=`, code_challenge_method: "S256" },
      { code_challenge_method: "S256" },
    ];
    for (const challenge of wrong) {
      const query = { ...valid, ...challenge, persona: "creator-ada", state: "s" };
      const url = redirectOf(await authorize(query));
      assert.equal(url.searchParams.get("error"), "invalid_request");
      assert.equal(url.searchParams.get("state"), "s");
      assert.equal(url.searchParams.has("code"), false);
    }
  });

  it("refuses an unknown persona", async () => {
    const response = await authorize({ ...valid, persona: "nobody" });
    assert.equal(response.status, 400);
    assert.equal(response.headers.get("location"), null);
  });

  it("refuses POST", async () => {
    const response = await fetch(`${harness().url}/authorize`, { method: "POST" });
    assert.equal(response.status, 405);
  });

  it("lists the personas on the consent page, whose Agree links carry the whole request", async () => {
    const state = "st&te";
    const response = await authorize({ ...valid, state, scope: "user-read-email streaming" });
    assert.equal(response.status, 200);
    assert.match(response.headers.get("content-type") ?? "", /^text\/html/);
    const page = await response.text();
    assert.match(page, /<code>user-read-email<\/code>.*<code>streaming<\/code>/s);
    // Eve has no display name, so the Spotify id appears.
    assert.match(page, /Agree as 31wlk5r2hdqj7nayex3v6ztbmupc/);
    const href = /href="([^"]+)" aria-label="Agree as Ada Okafor"/.exec(page)?.[1];
    assert(href !== undefined);
    const agreed = await fetch(harness().url + href.replaceAll("&amp;", "&"), {
      redirect: "manual",
    });
    const url = redirectOf(agreed);
    assert.equal(url.searchParams.get("state"), state);
    const code = url.searchParams.get("code") ?? "";
    const { body } = await harness().exchange(code);
    assert.equal(body.scope, "user-read-email streaming");
  });

  it("has a Cancel link that denies access", async () => {
    const page = await (await authorize({ ...valid, state: "s" })).text();
    const href = /class="cancel" href="([^"]+)"/.exec(page)?.[1];
    assert.equal(href, `${redirectUri}?error=access_denied&amp;state=s`);
  });

  it("escapes values from the request and the personas", async () => {
    const attack = `"><script>alert('x')</script>`;
    await harness().control.changePersona({ id: "creator-ada", displayName: attack });
    const page = await (await authorize({ ...valid, scope: attack, state: attack })).text();
    assert.doesNotMatch(page, /<script|'x'/);
    assert.match(page, /Agree as &quot;&gt;&lt;script&gt;/);
  });
});
