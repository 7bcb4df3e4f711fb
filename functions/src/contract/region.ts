/** Where every function runs: the region that the Firebase SDKs call unless told otherwise. */
export const REGION = "us-central1";
