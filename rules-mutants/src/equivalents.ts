/** Several mutants that behave like the original for one reason. */
interface EquivalentGroup {
  readonly proof: string;
  readonly mutants: readonly string[];
}

/** Reads a JSON list of `{ proof, mutants }`, and returns the proofs by the mutants' ids. */
export function readEquivalents(json: string): Readonly<Record<string, string>> {
  const groups: unknown = JSON.parse(json);
  if (!isListOf(groups, isGroup)) throw new Error("expected a list of { proof, mutants }");
  return Object.fromEntries(
    groups.flatMap(({ proof, mutants }) => mutants.map((id) => [id, proof] as const)),
  );
}

function isGroup(value: unknown): value is EquivalentGroup {
  return (
    typeof value === "object" &&
    value !== null &&
    "proof" in value &&
    typeof value.proof === "string" &&
    value.proof !== "" &&
    "mutants" in value &&
    isListOf(value.mutants, (each): each is string => typeof each === "string")
  );
}

function isListOf<Element>(
  value: unknown,
  isElement: (each: unknown) => each is Element,
): value is readonly Element[] {
  return Array.isArray(value) && value.every(isElement);
}
