import type { Firestore } from "firebase-admin/firestore";
import { countUse } from "../../src/firestoreUse.js";

/** Counts the reads that Firestore would bill from now on. */
export function countReads(firestore: Firestore): { stop(): number } {
  const use = { reads: 0, writes: 0 };
  const end = countUse(firestore, () => use);
  return {
    stop() {
      end();
      return use.reads;
    },
  };
}
