import { assertPublishable } from "../../../test/support/publishedPackage.js";
import { buildRulesMutants, rulesMutantsDirectory } from "../../release/buildRulesMutants.js";

describe("the built package of the mutants", () => {
  before(buildRulesMutants);

  it("is ready for npm", () => assertPublishable(rulesMutantsDirectory, [".", "./package.json"]));
}).timeout(60_000);
