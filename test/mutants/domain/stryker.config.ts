import { fileURLToPath } from "node:url";
import type { PartialStrykerOptions } from "@stryker-mutator/api/core";

const contract = [
  "comments",
  "decisions",
  "feedIntervals",
  "fields",
  "followerIntervals",
  "identity",
  "moderation",
  "money",
  "notifications",
  "payments",
  "playbackAt",
  "reanchor",
  "role",
  "searchWords",
  "silentPlayback",
  "songRequests",
  "stage",
  "startingPlayback",
  "supportTotals",
  "terms",
  "transitions",
  "wordFilter",
];

/** For `npm run mutate:domain`: the domain code that needs no emulator. */
const options: PartialStrykerOptions = {
  mutate: [
    `functions/src/contract/{${contract.join(",")}}.ts`,
    "functions/src/audience/arrivingParticipant.ts",
    "functions/src/audio/{callPace,entitlement}.ts",
    "functions/src/feed/{adaptedSlowMode,audienceCurve,commentRate,discoveryAudience}.ts",
    "functions/src/limits/{allowance,network}.ts",
    "functions/src/music/plays.ts",
    "functions/src/payments/nextCheck.ts",
    "functions/src/shows/lifecycle.ts",
    "functions/src/songRequests/isComing.ts",
    "functions/src/stage/authority.ts",
    "client/src/discover/rankLive.ts",
    "client/src/follow/!(follower).ts",
    "client/src/music/step.ts",
  ],
  testRunner: "mocha12",
  testRunnerNodeArgs: ["--import=tsx"],
  plugins: [fileURLToPath(new URL("plugins.ts", import.meta.url))],
  ignorers: ["restOfContract"],
  ignorePatterns: [".local"],
  concurrency: 1,
  incremental: true,
  incrementalFile: ".local/mutants/domain.json",
  tempDirName: ".local/mutants/domain",
  htmlReporter: { fileName: ".local/mutants/domain.html" },
  reporters: ["progress-append-only", "html", "clear-text", "score"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
};

export default options;
