import { hookTests } from "./support/hooks.js";
import { withDocument } from "./support/withDocument.js";

describe("the hooks in React", () => {
  withDocument();
  for (const [name, run] of hookTests) it(name, run);
});
