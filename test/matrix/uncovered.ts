/** Expressions of `firestore.rules` that no test needs to see both ways, each with the reason. */
export const uncovered: Readonly<Record<string, string>> = {};
