import type { DocumentData } from "firebase/firestore";
import type { z } from "zod";
import type { Persona } from "../../support/rules/personas.js";
import type { Write } from "../../support/rules/world.js";

/** A kind of document that clients write, with a caller who may write it. */
export interface Subject {
  readonly name: string;
  readonly caller: Persona;
  readonly path: string;
  readonly how: "set" | "update";
  /** What the server reads the stored document by. */
  readonly document: z.ZodObject;
  /** What the contract lets this caller write here. An update may leave out what stays as it is. */
  readonly writable: z.ZodType;
  /** Values of which each write has one per field; `undefined` leaves the field out. */
  readonly fields: Readonly<Record<string, readonly unknown[]>>;
  /** The document before each write; undefined: there is none. */
  readonly before?: () => DocumentData;
  /** What has to be written in the same batch. */
  readonly beside?: readonly Write[];
}

/** A write that one side accepts and the other does not, for a reason. */
export interface Exception {
  readonly subject: string;
  readonly accepts: "rules" | "contract";
  readonly reason: string;
  readonly covers: (written: DocumentData) => boolean;
  /** One that it covers, which is always written. */
  readonly example: DocumentData;
}
