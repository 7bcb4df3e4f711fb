/** Firebase Auth's accounts, as far as Ambient touches them. Every change is safe to repeat. */
export interface AuthAccounts {
  /**
   * Makes the account, or brings its name and picture up to date. Safe to race. Resolves to whether the account is
   * disabled.
   */
  upsert(
    uid: string,
    profile: { displayName: string; photoUrl: string | null },
  ): Promise<{ isDisabled: boolean }>;
  /** Also true for an account that no longer exists, because its ID token may still be valid. */
  isDisabled(uid: string): Promise<boolean>;
  /** For the SDKs' `signInWithCustomToken`. */
  customToken(uid: string): Promise<string>;
  /**
   * Signs the person out everywhere and lets nobody sign in to the account any more. ID tokens stay valid for up to an
   * hour. Nothing happens if there is no such account.
   */
  disable(uid: string): Promise<void>;
  /** Lets the person sign in again, if there is such an account. */
  enable(uid: string): Promise<void>;
  /** Deletes the account, if there is one. */
  delete(uid: string): Promise<void>;
  /** Whether the account has the custom claim `admin`; null: there is no such account. */
  isAdmin(uid: string): Promise<boolean | null>;
  /** Whether the account is deleted, or its custom claim `admin` is false: an ID token may still say otherwise. */
  isFormerAdmin(uid: string): Promise<boolean>;
  /** Sets the custom claim `admin`. Taking it away also revokes the refresh tokens. */
  setAdmin(uid: string, isAdmin: boolean): Promise<void>;
}
