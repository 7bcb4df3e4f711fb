import type { Caller } from "../../src/caller.js";
import type { Person } from "./backstage.js";

export const as = ({ uid }: Pick<Person, "uid">): Caller => ({ uid, isAdmin: false });

/** A person with the custom claim. */
export const asAdmin = ({ uid }: Pick<Person, "uid">): Caller => ({ uid, isAdmin: true });
