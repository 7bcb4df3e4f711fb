import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { createServer } from "node:net";
import { LaunchError } from "../../launchError.js";
import {
  assertPortsFree,
  choosePorts,
  LOOPBACK,
  pickFreePorts,
  portVariable,
} from "../../suite/ports.js";

describe("ports", () => {
  it("have defaults", () => {
    const ports = choosePorts({});
    assert.equal(ports.auth, 9099);
    assert.equal(ports.firestore, 8080);
    assert.equal(ports.functions, 5001);
    assert.equal(ports.spotify, 4600);
    assert.equal(ports.hosting, 5173);
    assert.equal(ports.livekit, 7880);
  });

  it("all move with the offset", () => {
    const ports = choosePorts({ AMBIENT_PORT_OFFSET: "100" });
    assert.equal(ports.auth, 9199);
    assert.equal(ports.hub, 4500);
    assert.equal(ports.hosting, 5273);
    assert.equal(ports.firestoreWebsocket, 9250);
  });

  it("move individually, without the offset", () => {
    const ports = choosePorts({ AMBIENT_PORT_OFFSET: "100", AMBIENT_PORT_FIRESTORE: "18080" });
    assert.equal(ports.firestore, 18_080);
    assert.equal(ports.auth, 9199);
  });

  it("have variables named after them", () => {
    assert.equal(portVariable("firestoreWebsocket"), "AMBIENT_PORT_FIRESTORE_WEBSOCKET");
    assert.equal(portVariable("livekitRtcUdp"), "AMBIENT_PORT_LIVEKIT_RTC_UDP");
  });

  for (const value of ["http", "80.5", "0x50", "70000", "0"]) {
    it(`refuse ${value} and name the variable`, () => {
      assert.throws(() => choosePorts({ AMBIENT_PORT_AUTH: value }), saying(/AMBIENT_PORT_AUTH/));
    });
  }

  it("refuse an offset that moves a port out of range", () => {
    assert.throws(
      () => choosePorts({ AMBIENT_PORT_OFFSET: "-5000" }),
      saying(/AMBIENT_PORT_OFFSET/),
    );
  });

  it("refuse the same port for two purposes", () => {
    assert.throws(
      () => choosePorts({ AMBIENT_PORT_AUTH: "8080" }),
      saying(/AMBIENT_PORT_AUTH and AMBIENT_PORT_FIRESTORE both say 8080/),
    );
  });

  it("are reported in one line when taken: the port, its purpose and how to move it", async () => {
    const ports = await pickFreePorts();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(ports.spotify, LOOPBACK, resolve));
    try {
      await assert.rejects(
        assertPortsFree(ports),
        saying(
          new RegExp(`^Port ${ports.spotify}, for the local Spotify, .*AMBIENT_PORT_SPOTIFY=`),
        ),
      );
    } finally {
      server.close();
    }
  });

  it("are checked over UDP where needed", async () => {
    const ports = await pickFreePorts();
    const socket = createSocket("udp4");
    await new Promise<void>((bound) => socket.bind(ports.livekitRtcUdp, LOOPBACK, bound));
    try {
      await assert.rejects(assertPortsFree(ports), saying(/AMBIENT_PORT_LIVEKIT_RTC_UDP=/));
    } finally {
      socket.close();
    }
  });

  it("are free and distinct when picked", async () => {
    const ports = await pickFreePorts();
    assert.equal(new Set(Object.values(ports)).size, Object.keys(ports).length);
    await assertPortsFree(ports);
  });
});

function saying(pattern: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof LaunchError && pattern.test(error.message);
}
