// Starts one function in this fresh process, like Cloud Functions starts an instance, and reports
// the cost. Usage: `sample.mjs time|count <entry> <function> [answer]`. The last line of the output
// is JSON.
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
  // A first call that reads Firestore. Most functions refuse it then, because the document is
  // missing.
  const request = {
    data: { showId: "nosuchshow0123456789" },
    auth: { uid: "somebody", token: {} },
    rawRequest: { headers: {}, ip: "203.0.113.7" },
  };
  await exported[name].run(request).catch(() => undefined);
  report();
} else {
  // The event loop is empty once everything is loaded that an instance loads before its first
  // request.
  process.once("beforeExit", report);
}

function report() {
  console.log(JSON.stringify({ milliseconds: performance.now() - started, modules }));
  process.exit();
}
