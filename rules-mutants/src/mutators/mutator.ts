import type { Site } from "../sites.js";
import type { Range } from "../syntax/ast.js";

/** One edit of the source, and its description. */
export interface Edit extends Range {
  readonly replacement: string;
  /** The text that is changed, and its replacement. */
  readonly before: string;
  readonly after: string;
}

/** Makes the mutants of one kind at a site. `textOf` is the source text of a range. */
export type Mutator = (site: Site, textOf: (range: Range) => string) => readonly Edit[];
