import { buildRulesMutants } from "./buildRulesMutants.js";

await buildRulesMutants();
