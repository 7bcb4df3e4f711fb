/**
 * Adds the members of Web Crypto that React Native lacks. `crypto` itself may exist without them: LiveKit provides one
 * that has only `randomUUID`.
 */
export function fillCrypto(scope: { crypto?: object }, members: object): void {
  const crypto = (scope.crypto ??= {});
  for (const [name, member] of Object.entries(members)) {
    if (!(name in crypto)) Reflect.set(crypto, name, member);
  }
}
