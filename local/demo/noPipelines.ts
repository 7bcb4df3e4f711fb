/**
 * In place of `re2js`, a quarter of the demo's code, with which Firestore's client evaluates regular expressions in
 * pipelines. Ambient uses no pipelines.
 */
export const RE2JS = {
  compile(): never {
    throw new Error("This build has no regular expressions in Firestore pipelines");
  },
};
