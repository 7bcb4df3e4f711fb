/** Firebase Auth's accounts, as far as Ambient touches them. */
export interface AuthAccounts {
  /**
   * Makes the account, or brings its name and picture up to date. Safe to repeat and to race. Resolves to
   * whether the account is disabled.
   */
  upsert(
    uid: string,
    profile: { displayName: string; photoUrl: string | null },
  ): Promise<{ isDisabled: boolean }>;
  /** Also true of one that does not exist any more: its ID token may still be valid. */
  isDisabled(uid: string): Promise<boolean>;
  /** For the SDKs' `signInWithCustomToken`. */
  customToken(uid: string): Promise<string>;
  /**
   * Signs the person out everywhere and lets nobody sign in to the account any more. ID tokens stay valid for up to an
   * hour. Nothing happens if there is no such account.
   */
  close(uid: string): Promise<void>;
  /** Deletes the account, if there is one. */
  remove(uid: string): Promise<void>;
}
