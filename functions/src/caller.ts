/** The caller, as verified by Firebase Auth. */
export interface Caller {
  readonly uid: string;
  /** The custom claim `admin`. */
  readonly isAdmin: boolean;
}
