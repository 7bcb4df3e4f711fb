/** A part of the source text: offsets, the end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export type BinaryOperator =
  | "||"
  | "&&"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "in"
  | "+"
  | "-"
  | "*"
  | "/"
  | "%";

/** `$(expression)` in a path, or a fixed segment. */
export type PathSegment = { readonly text: string } | { readonly value: Expression };

export type Expression = Range &
  (
    | { readonly type: "number" | "string" | "boolean" | "null" | "name"; readonly text: string }
    | { readonly type: "path"; readonly segments: readonly PathSegment[] }
    | { readonly type: "list"; readonly elements: readonly Expression[] }
    | {
        readonly type: "map";
        readonly entries: readonly { readonly key: Expression; readonly value: Expression }[];
      }
    | { readonly type: "group"; readonly inner: Expression }
    | { readonly type: "unary"; readonly operator: "!" | "-"; readonly operand: Expression }
    | {
        readonly type: "binary";
        readonly operator: BinaryOperator;
        /** Where the operator stands. */
        readonly at: Range;
        readonly left: Expression;
        readonly right: Expression;
      }
    | { readonly type: "is"; readonly value: Expression; readonly typeName: string }
    | {
        readonly type: "conditional";
        readonly condition: Expression;
        readonly then: Expression;
        readonly otherwise: Expression;
      }
    | { readonly type: "member"; readonly object: Expression; readonly name: string }
    | { readonly type: "index"; readonly object: Expression; readonly index: Expression }
    | {
        readonly type: "range";
        readonly object: Expression;
        readonly from: Expression;
        readonly to: Expression;
      }
    | {
        readonly type: "call";
        readonly callee: Expression;
        readonly arguments: readonly Expression[];
      }
  );

export interface Allow extends Range {
  readonly type: "allow";
  readonly verbs: readonly (Range & { readonly name: string })[];
  /** Without one, the rule always allows. */
  readonly condition: Expression | undefined;
}

export interface FunctionDeclaration extends Range {
  readonly type: "function";
  readonly name: string;
  readonly parameters: readonly string[];
  readonly lets: readonly { readonly name: string; readonly value: Expression }[];
  readonly result: Expression;
}

export interface Match extends Range {
  readonly type: "match";
  readonly path: string;
  readonly items: readonly Item[];
}

export interface Service extends Range {
  readonly type: "service";
  readonly name: string;
  readonly items: readonly Item[];
}

export type Item = Allow | FunctionDeclaration | Match | Service;

export interface RulesFile {
  readonly version: string | undefined;
  readonly items: readonly Item[];
}

/** The expressions directly inside another one, from left to right. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.type) {
    case "number":
    case "string":
    case "boolean":
    case "null":
    case "name":
      return [];
    case "path":
      return expression.segments.flatMap((segment) => ("value" in segment ? [segment.value] : []));
    case "list":
      return expression.elements;
    case "map":
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case "group":
      return [expression.inner];
    case "unary":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "is":
      return [expression.value];
    case "conditional":
      return [expression.condition, expression.then, expression.otherwise];
    case "member":
      return [expression.object];
    case "index":
      return [expression.object, expression.index];
    case "range":
      return [expression.object, expression.from, expression.to];
    case "call":
      return [expression.callee, ...expression.arguments];
  }
}
