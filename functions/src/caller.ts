/** Who calls, as Firebase Auth verified it. */
export interface Caller {
  readonly uid: string;
  /** The custom claim `admin`. */
  readonly isAdmin: boolean;
}
