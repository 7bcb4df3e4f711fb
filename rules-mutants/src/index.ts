export { readEquivalents } from "./equivalents.js";
export { type Mutant, mutantsOf } from "./mutants.js";
export { type MutantKind } from "./mutators/index.js";
export {
  type Kill,
  obsoleteAmong,
  type Progress,
  type RecordEntry,
  renderReport,
  runMutants,
  type RunOptions,
  type RunRecord,
  type RunReport,
} from "./run.js";
export type * from "./syntax/ast.js";
export { partsOf } from "./syntax/ast.js";
export { parseExpression, parseRules } from "./syntax/parse.js";
export { RulesSyntaxError } from "./syntax/tokens.js";
