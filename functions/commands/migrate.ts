import { UsageError } from "./support/usageError.js";
import { runMigration } from "./migrations/runMigration.js";

/** Migrates stored documents: `npm run migrate -- name-followed-creators --project staging`. */
try {
  await runMigration(process.argv.slice(2), (line) => {
    console.log(line);
  });
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = 1;
}
