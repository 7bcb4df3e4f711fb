/** Firebase Auth's accounts, as far as Ambient touches them. */
export interface AuthAccounts {
  /** Makes the account, or brings its name and picture up to date. Safe to repeat and to race. */
  upsert(uid: string, profile: { displayName: string; photoUrl: string | null }): Promise<void>;
  /** For the SDKs' `signInWithCustomToken`. */
  customToken(uid: string): Promise<string>;
}
