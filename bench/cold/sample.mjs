// Starts one function in this fresh process, like Cloud Functions starts an instance, and reports
// the cost. Usage: `sample.mjs time|count <entry> <function> [answer]`. With the expected answer of a
// first call, as JSON or as a refusal's reason, it includes that call. The last line of the output is JSON.
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

const [what, entry, name, answer] = process.argv.slice(2);
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
if (answer !== undefined) {
  // The show does not exist, so the refusal proves that the function has read Firestore.
  const request = {
    data: { showId: "nosuchshow0123456789" },
    auth: { uid: "somebody", token: {} },
    rawRequest: { headers: {}, ip: "203.0.113.7", header: () => undefined },
  };
  const outcome = await exported[name].run(request).then(JSON.stringify, refusalOf);
  if (outcome !== answer) throw new Error(`${name} answered ${outcome} instead of ${answer}`);
  report();
} else {
  // The event loop is empty once everything is loaded that an instance loads before its first
  // request.
  process.once("beforeExit", report);
}

/** What is not a refusal is a bug, or a Firestore that does not answer. */
function refusalOf(error) {
  const { reason } = error.details ?? {};
  if (reason === undefined || reason === "INTERNAL") throw error;
  return reason;
}

function report() {
  console.log(JSON.stringify({ milliseconds: performance.now() - started, modules }));
  process.exit();
}
