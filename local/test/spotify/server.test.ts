import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";

import { personas } from "../../spotify/personas.js";
import { startLocalSpotify } from "../../spotify/server.js";
import {
  basic,
  SpotifyHarness,
  clientId,
  clientSecret,
  redirectUri,
  useSpotifyHarness,
} from "./support.js";

describe("the server", () => {
  const harness = useSpotifyHarness();

  it("listens on the loopback and reports its address", () => {
    const { url, port } = harness().spotify;
    assert(port > 0);
    assert.equal(url, `http://127.0.0.1:${port}`);
  });

  it("rejects with EADDRINUSE if the port is taken", async () => {
    const { port } = harness().spotify;
    const options = { clientId, clientSecret, redirectUris: [redirectUri], personas };
    await assert.rejects(startLocalSpotify({ ...options, port }), { code: "EADDRINUSE" });
  });

  it("starts in the given quota mode", async () => {
    const options = { clientId, clientSecret, redirectUris: [redirectUri], personas };
    const extended = new SpotifyHarness(
      await startLocalSpotify({ ...options, quotaMode: "extended" }),
    );
    try {
      const { accessToken } = await extended.signIn();
      assert.match(await (await extended.me(accessToken)).text(), /"followers"/);
    } finally {
      await extended.spotify.close();
    }
  });

  it("ends stalled connections when it closes, and can close twice", async () => {
    await harness().control.faults.set({ match: "/v1/me", times: 1, delayMs: 600_000 });
    const stalled = assert.rejects(fetch(`${harness().url}/v1/me`), TypeError);
    while ((await harness().control.requests()).length === 0);
    await harness().spotify.close();
    await stalled;
    await harness().spotify.close();
    await assert.rejects(fetch(`${harness().url}/v1/me`), TypeError);
  });

  it("refuses large bodies everywhere", async () => {
    for (const path of ["/api/token", "/v1/me", "/authorize", "/__control/clock"]) {
      const response = await fetch(harness().url + path, {
        method: "POST",
        headers: { authorization: basic },
        body: "x".repeat(64 * 1024 + 1),
      });
      assert.equal(response.status, 413, path);
    }
  });

  it("hangs up on an endless body", async () => {
    const socket = connect(harness().spotify.port, "127.0.0.1");
    const pour = () => {
      while (socket.writable && socket.write("x".repeat(64 * 1024)));
    };
    socket.on("error", () => undefined).on("drain", pour);
    socket.write("POST /api/token HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000000000\r\n\r\n");
    pour();
    // Not `once`, which would reject with the EPIPE of the closed connection.
    await new Promise((resolve) => socket.on("close", resolve));
    assert(socket.bytesWritten < 100_000_000);
    assert.equal((await fetch(`${harness().url}/v1/me`)).status, 401);
  });

  it("survives malformed requests", async () => {
    const targets = ["GET // HTTP/1.1", "GET * HTTP/1.1", "GET /v1/%E0%A4%A HTTP/1.1", "nonsense"];
    for (const line of targets) {
      const socket = connect(harness().spotify.port, "127.0.0.1");
      socket.end(`${line}\r\nhost: x\r\nconnection: close\r\n\r\n`);
      let reply = "";
      socket.setEncoding("utf8").on("data", (data: string) => (reply += data));
      await once(socket, "close");
      assert.match(reply, /^HTTP\/1\.1 40[04] /, line);
    }
    assert.equal((await fetch(`${harness().url}/v1/me`)).status, 401);
  });

  it("survives a caller who hangs up in the middle of a body", async () => {
    const socket = connect(harness().spotify.port, "127.0.0.1");
    socket.write("POST /api/token HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\npart");
    await once(socket, "connect");
    socket.destroy();
    await once(socket, "close");
    assert.equal((await fetch(`${harness().url}/v1/me`)).status, 401);
  });
});

describe("the personas", () => {
  it("are distinct, and cover the fields that accounts can lack", () => {
    const ids = personas.map(({ id }) => id);
    const accountIds = personas.map(({ accountId }) => accountId ?? "");
    const spotifyIds = personas.map(({ spotifyId }) => spotifyId);
    for (const list of [ids, accountIds, spotifyIds]) {
      assert.equal(new Set(list).size, personas.length);
    }
    for (const id of accountIds) assert.match(id, /^[A-Za-z0-9]{22}$/);
    assert(personas.some(({ imageUrl }) => imageUrl === null));
    assert(personas.some(({ displayName }) => displayName === null));
    assert.deepEqual(new Set(personas.map(({ product }) => product)), new Set(["free", "premium"]));
    assert.deepEqual(
      personas.filter(({ allowed }) => !allowed).map(({ id }) => id),
      ["listener-hal"],
    );
  });
});
