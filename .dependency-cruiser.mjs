import { fileURLToPath } from "node:url";

/**
 * Who may import whom. Imports run downward only, type imports included:
 * contract → foundation → domains → what is deployed.
 */
const contract = "^functions/src/contract/";
const foundation =
  "^functions/src/((clock|grpcStatus|errors|config|collections|queries|readTogether|eachPage|attemptAll|retryConflicts|leaveToSweep|caller|log|operation|firestoreUse|dependencies|documentWrite)[.]ts$|(tasks|ports)/)";
const declarations = "^functions/src/(?!contract/)[^/]+/(callables|triggers)[.]ts$";
const deployment =
  "^functions/src/(index|callable|trigger|answer|admission|withReasons|assemble|lazyPorts|loading|functionOptions)[.]ts$";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "contract-stands-alone",
      comment: "The app's client shares the contract: it imports zod and nothing else.",
      severity: "error",
      from: { path: contract },
      to: { pathNot: [contract, "node_modules/zod/"] },
    },
    {
      name: "foundation-knows-no-domain",
      comment: "Every domain stands on the foundation, so it may stand on none of them.",
      severity: "error",
      from: { path: foundation },
      to: { path: "^functions/src/", pathNot: [contract, foundation] },
    },
    {
      name: "each-file-has-a-layer",
      comment: "What is in no layer escapes the rules about layers: add it to one of those above.",
      severity: "error",
      from: {},
      to: { path: "^functions/src/[^/]+[.]ts$", pathNot: [foundation, deployment] },
    },
    {
      name: "domains-are-not-deployed-by-themselves",
      comment:
        "Operations get their edges as arguments. How they are deployed is not their business.",
      severity: "error",
      from: { path: "^functions/src/[^/]+/", pathNot: declarations },
      to: { path: [declarations, deployment] },
    },
    {
      name: "declarations-load-lazily",
      comment:
        "Every instance evaluates all declarations: a static import here slows every cold start. Use import().",
      severity: "error",
      from: { path: declarations },
      to: {
        path: "^functions/src/",
        pathNot: [deployment, "^functions/src/(clock|tasks/queues)[.]ts$"],
        dependencyTypesNot: ["dynamic-import", "type-only"],
      },
    },
    {
      name: "folders-import-downward",
      comment:
        "Of two folders, one stands on the other: then each can be understood without what is above it.",
      severity: "error",
      scope: "folder",
      // The files directly in functions/src are declared above, and have no order as a folder.
      from: { path: "^functions/src/[^/]+$" },
      to: { circular: true },
    },
    {
      name: "no-cycles",
      comment: "Files that import each other cannot be understood, tested or moved one by one.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "others-share-the-contract-alone",
      comment:
        "What is outside the server depends on what is on the wire, not on how the server is made. The reference also shows what each function is given. Benches and tests may set their stage with functions/test/support.",
      severity: "error",
      from: {
        path: "^(client|react|demo|docs|bench|test)/",
        pathNot: [
          "^(client|react)/test/|^(client|demo|docs|bench)/.*[.]test[.]tsx?$",
          // Compares the reference with what is deployed.
          "^test/unit/reference[.]test[.]ts$",
          // The rules match texts with the expression that the server makes.
          "^test/rules/wordFilter[.]test[.]ts$",
        ],
      },
      to: {
        path: "^functions/src/",
        pathNot: [contract, "^functions/src/functionOptions[.]ts$"],
      },
    },
    {
      name: "react-stands-on-the-client",
      comment:
        "An app installs the hooks with the client's package, and nothing else of this project.",
      severity: "error",
      from: { path: "^react/src/" },
      to: {
        pathNot: ["^react/src/", "^client/src/(core|audio)[.]ts$", "node_modules/(@types/)?react/"],
      },
    },
    {
      name: "one-log",
      comment: "A line that log.ts does not write could name a person.",
      severity: "error",
      from: { path: "^functions/src/", pathNot: "^functions/src/log[.]ts$" },
      to: { path: "firebase-functions/lib/logger/" },
    },
    {
      name: "nothing-unresolvable",
      comment: "An import that leads nowhere escapes every other rule.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: fileURLToPath(new URL("tsconfig.json", import.meta.url)) },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "import", "node", "default"],
    },
  },
};
