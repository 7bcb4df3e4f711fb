/** What admins do to Firebase Auth's accounts. Everything here is safe to repeat. */
export interface AccountStates {
  /** Whether the account has the custom claim `admin`; null: there is no such account. */
  isAdmin(uid: string): Promise<boolean | null>;
  /** Sets the custom claim `admin`. Taking it away also revokes the refresh tokens. */
  setAdmin(uid: string, isAdmin: boolean): Promise<void>;
  /** Disables the account and revokes its refresh tokens. An account that is gone is left alone. */
  disable(uid: string): Promise<void>;
  enable(uid: string): Promise<void>;
}
