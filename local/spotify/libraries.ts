/** The saved tracks of all users. */
export class Libraries {
  readonly #saved = new Map<string, Set<string>>();

  save(persona: string, uris: readonly string[]): void {
    this.#saved.set(persona, new Set([...this.of(persona), ...uris]));
  }

  of(persona: string): ReadonlySet<string> {
    return this.#saved.get(persona) ?? new Set();
  }

  reset(): void {
    this.#saved.clear();
  }
}
