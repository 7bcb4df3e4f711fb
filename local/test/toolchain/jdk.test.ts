import assert from "node:assert/strict";
import { findJdk, type Host, majorVersion } from "../../toolchain/jdk.js";
import { LaunchError } from "../../launchError.js";

interface Machine {
  readonly platform?: NodeJS.Platform;
  readonly environment?: Record<string, string>;
  /** The output of each Java's version command. */
  readonly javas?: Record<string, string>;
  readonly directories?: Record<string, readonly string[]>;
  readonly commands?: Record<string, string>;
}

function machine(parts: Machine): Host {
  return {
    platform: parts.platform ?? "linux",
    environment: parts.environment ?? {},
    listDirectory: (path) => parts.directories?.[path] ?? [],
    run: (command) => Promise.resolve(parts.javas?.[command] ?? parts.commands?.[command]),
  };
}

const JAVA_17 = 'openjdk version "17.0.15" 2025-04-15';
const JAVA_21 = 'openjdk version "21.0.2" 2024-01-16 LTS';
const JAVA_25 = 'openjdk version "25" 2025-09-16 LTS';

describe("the Java version", () => {
  it("is read from the output of `java -version`", () => {
    assert.equal(majorVersion(JAVA_21), 21);
    assert.equal(majorVersion(JAVA_25), 25);
    assert.equal(majorVersion('java version "1.8.0_392"'), 8);
    assert.equal(majorVersion('openjdk version "26-ea" 2026-03-17'), 26);
  });

  it("is undefined if the command fails or prints something else", () => {
    assert.equal(majorVersion(undefined), undefined);
    assert.equal(majorVersion("Unable to locate a Java Runtime."), undefined);
  });
});

describe("finding Java", () => {
  it("prefers JAVA_HOME", async () => {
    const jdk = await findJdk(
      machine({
        environment: { JAVA_HOME: "/opt/mine", PATH: "/usr/bin" },
        directories: { "/usr/bin": ["java"] },
        javas: { "/opt/mine/bin/java": JAVA_21, "/usr/bin/java": JAVA_25 },
      }),
    );
    assert.deepEqual(jdk, {
      java: "/opt/mine/bin/java",
      binDirectory: "/opt/mine/bin",
      version: 21,
    });
  });

  it("skips one that is too old, even on PATH", async () => {
    const jdk = await findJdk(
      machine({
        environment: { PATH: "/usr/bin" },
        directories: {
          "/usr/bin": ["java"],
          "/usr/lib/jvm": ["java-17-openjdk", "temurin-25-jdk"],
        },
        javas: {
          "/usr/bin/java": JAVA_17,
          "/usr/lib/jvm/java-17-openjdk/bin/java": JAVA_17,
          "/usr/lib/jvm/temurin-25-jdk/bin/java": JAVA_25,
        },
      }),
    );
    assert.equal(jdk.java, "/usr/lib/jvm/temurin-25-jdk/bin/java");
  });

  it("skips one that does not run", async () => {
    const jdk = await findJdk(
      machine({
        environment: { JAVA_HOME: "/gone", PATH: "/usr/bin" },
        directories: { "/usr/bin": ["java"] },
        javas: { "/usr/bin/java": JAVA_21 },
      }),
    );
    assert.equal(jdk.java, "/usr/bin/java");
  });

  it("asks macOS, and searches Homebrew's folder", async () => {
    const registered = await findJdk(
      machine({
        platform: "darwin",
        commands: { "/usr/libexec/java_home": "/Library/A/Contents/Home\n" },
        javas: { "/Library/A/Contents/Home/bin/java": JAVA_21 },
      }),
    );
    assert.equal(registered.binDirectory, "/Library/A/Contents/Home/bin");
    const home = "/opt/homebrew/opt/openjdk@21/libexec/openjdk.jdk/Contents/Home";
    const homebrew = await findJdk(
      machine({
        platform: "darwin",
        directories: { "/opt/homebrew/opt": ["node", "openjdk@17", "openjdk@21"] },
        javas: { [`${home}/bin/java`]: JAVA_21 },
      }),
    );
    assert.equal(homebrew.version, 21);
  });

  it("explains in one line what is missing and how to get it", async () => {
    await assert.rejects(findJdk(machine({})), oneLine(/Java 21.*none is installed.*apt install/));
    await assert.rejects(findJdk(machine({ platform: "darwin" })), oneLine(/brew install/));
    await assert.rejects(findJdk(machine({ platform: "win32" })), oneLine(/winget install/));
  });

  it("names versions that are too old", async () => {
    const host = machine({
      environment: { PATH: "/usr/bin" },
      directories: { "/usr/bin": ["java"] },
      javas: { "/usr/bin/java": JAVA_17 },
    });
    await assert.rejects(findJdk(host), oneLine(/\/usr\/bin\/java is 17/));
  });
});

function oneLine(pattern: RegExp): (error: unknown) => boolean {
  return (error) =>
    error instanceof LaunchError && pattern.test(error.message) && !error.message.includes("\n");
}
