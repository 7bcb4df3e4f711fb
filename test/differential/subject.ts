import type { DocumentData } from "firebase/firestore";
import type { z } from "zod";
import type { Persona } from "../support/rules/personas.js";
import type { Write } from "../support/rules/world.js";

/** A kind of document that clients write, with a caller who may write it. */
export interface Subject {
  readonly name: string;
  readonly caller: Persona;
  readonly path: string;
  readonly how: "set" | "update";
  /** The schema with which the server reads the document. */
  readonly document: z.ZodObject;
  /** What the contract lets this caller write here. An update may leave out what stays as it is. */
  readonly writable: z.ZodType;
  /** Sample values of each field; `undefined` omits it. */
  readonly fields: Readonly<Record<string, readonly unknown[]>>;
  /** The document before each write; undefined: there is none. */
  readonly before?: () => DocumentData;
  /** Writes that the rules require in the same batch. */
  readonly beside?: readonly Write[];
}

/** A write that one side accepts and the other does not, for a reason. */
export interface Exception {
  readonly subject: string;
  readonly accepts: "rules" | "contract";
  readonly reason: string;
  readonly covers: (written: DocumentData) => boolean;
  /** A write that it covers, always sent. */
  readonly example: DocumentData;
}
