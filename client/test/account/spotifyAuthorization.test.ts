import assert from "node:assert/strict";
import { codeChallengeOf } from "../../../local/spotify/accounts/pkce.js";
import { authorizeSpotify, readRedirect } from "../../src/account/spotifyAuthorization.js";
import { AmbientError } from "../../src/errors/ambientError.js";
import { signInWithSpotify } from "../../../functions/src/contract/identity.js";

const redirectUri = "ambient://callback";

describe("authorizeSpotify and readRedirect", () => {
  it("sends the challenge of the verifier that it keeps", async () => {
    const authorization = await authorizeSpotify({
      clientId: "id",
      redirectUri,
      scopes: ["a", "b"],
    });
    const { origin, pathname, searchParams } = new URL(authorization.url);
    assert.equal(`${origin}${pathname}`, "https://accounts.spotify.com/authorize");
    assert.deepEqual(Object.fromEntries(searchParams), {
      client_id: "id",
      response_type: "code",
      redirect_uri: redirectUri,
      scope: "a b",
      code_challenge_method: "S256",
      code_challenge: codeChallengeOf(authorization.codeVerifier),
      state: authorization.state,
    });
    const request = readRedirect(
      `${redirectUri}?code=c&state=${authorization.state}`,
      authorization,
    );
    assert.deepEqual(signInWithSpotify.request.parse(request), request);
  });

  it("creates a new verifier and state each time", async () => {
    const [one, other] = await Promise.all([
      authorizeSpotify({ clientId: "id", redirectUri }),
      authorizeSpotify({ clientId: "id", redirectUri }),
    ]);
    assert.notEqual(one.codeVerifier, other.codeVerifier);
    assert.notEqual(one.state, other.state);
  });

  it("rejects a declined sign-in and a redirect of another attempt", async () => {
    const authorization = await authorizeSpotify({ clientId: "id", redirectUri });
    for (const query of [
      `error=access_denied&state=${authorization.state}`,
      "code=c",
      "code=c&state=of-another",
    ]) {
      assert.throws(
        () => readRedirect(`${redirectUri}?${query}`, authorization),
        (error) => error instanceof AmbientError && error.reason === "SIGN_IN_CANCELLED",
      );
    }
  });
});
