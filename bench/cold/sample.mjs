// Starts one function in this fresh process, as Cloud Functions starts an instance, and says what that took.
// `sample.mjs time|count <entry> <function> [answer]`; the last line of the output is JSON.
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

const [what, entry, name, answers] = process.argv.slice(2);
process.env.FUNCTION_TARGET = name;

let modules = 0;
if (what === "count") {
  registerHooks({
    load(url, context, nextLoad) {
      if (!url.startsWith("node:")) modules += 1;
      return nextLoad(url, context);
    },
  });
}

const started = performance.now();
const exported = await import(pathToFileURL(entry).href);
if (answers === "answer") {
  // A first call that reads Firestore; most are refused then, for want of the document.
  const request = {
    data: { showId: "nosuchshow0123456789" },
    auth: { uid: "somebody", token: {} },
    rawRequest: { headers: {}, ip: "203.0.113.7" },
  };
  await exported[name].run(request).catch(() => undefined);
  report();
} else {
  // The loop is empty when all that an instance loads before its first request has been loaded.
  process.once("beforeExit", report);
}

function report() {
  console.log(JSON.stringify({ milliseconds: performance.now() - started, modules }));
  process.exit();
}
