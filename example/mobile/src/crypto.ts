/** Browsers have what the sign-in needs. */
export function provideCrypto(): void {
  // Nothing to add.
}
