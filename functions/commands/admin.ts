import { run } from "./admin/run.js";

/** The admins' command-line tool: `npm run admin -- --help`. */
const { isDone, text } = await run(process.argv.slice(2));
if (isDone) {
  console.log(text);
} else {
  console.error(text);
  process.exitCode = 1;
}
