/** Control input that makes no sense: the caller made a mistake in `field`. */
export class ControlInputError extends Error {
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** The fields of a control request: each is read once, by its type, and none may be left over. */
export class Input {
  readonly #fields: Map<string, unknown>;

  constructor(value: unknown) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new ControlInputError("body", "must be a JSON object");
    }
    this.#fields = new Map<string, unknown>(Object.entries(value));
  }

  #take(field: string): unknown {
    const value = this.#fields.get(field);
    this.#fields.delete(field);
    return value;
  }

  has(field: string): boolean {
    return this.#fields.has(field);
  }

  any(field: string): unknown {
    return this.#take(field);
  }

  /** An object of strings. */
  strings(field: string): ReadonlyMap<string, string> | undefined {
    const value = this.#take(field);
    if (value === undefined) return undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new ControlInputError(field, "must be an object of strings");
    }
    const strings = new Map<string, string>();
    for (const [name, entry] of new Map<string, unknown>(Object.entries(value))) {
      // `{"Retry-After": 3}` is what people write.
      if (typeof entry !== "string" && typeof entry !== "number") {
        throw new ControlInputError(`${field}.${name}`, "must be a string");
      }
      strings.set(name, String(entry));
    }
    return strings;
  }

  string(field: string): string | undefined {
    const value = this.#take(field);
    if (value === undefined) return undefined;
    if (typeof value === "string" && value !== "" && value.length <= 500) return value;
    throw new ControlInputError(field, "must be a string of 1 to 500 characters");
  }

  stringOrNull(field: string): string | null | undefined {
    if (this.#fields.get(field) !== null) return this.string(field);
    this.#fields.delete(field);
    return null;
  }

  boolean(field: string): boolean | undefined {
    const value = this.#take(field);
    if (value === undefined || typeof value === "boolean") return value;
    throw new ControlInputError(field, "must be true or false");
  }

  integer(field: string, min: number, max: number): number | undefined {
    const value = this.#take(field);
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) {
      return value;
    }
    throw new ControlInputError(field, `must be an integer from ${min} to ${max}`);
  }

  oneOf<const T extends string>(field: string, choices: readonly T[]): T | undefined {
    const value = this.#take(field);
    if (value === undefined) return undefined;
    const choice = choices.find((candidate) => candidate === value);
    if (choice !== undefined) return choice;
    throw new ControlInputError(field, `must be one of ${choices.join(", ")}`);
  }

  end(): void {
    for (const field of this.#fields.keys()) {
      throw new ControlInputError(field, "is not a field of this request");
    }
  }
}

export function required<T>(field: string, value: T | undefined): T {
  if (value === undefined) throw new ControlInputError(field, "is missing");
  return value;
}
