import type { Persona } from "./personas.js";

/** The current personas. The control endpoint changes them while the server runs. */
export class People {
  readonly #byId: Map<string, Persona>;

  constructor(personas: readonly Persona[]) {
    this.#byId = new Map(personas.map((persona) => [persona.id, persona]));
  }

  all(): readonly Persona[] {
    return [...this.#byId.values()];
  }

  find(id: string): Persona | undefined {
    return this.#byId.get(id);
  }

  put(persona: Persona): void {
    this.#byId.set(persona.id, persona);
  }
}
