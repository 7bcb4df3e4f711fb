import { firebaseJs } from "../../client/src/sdk/firebaseJs.js";
import type { FirebaseSdk } from "../../client/src/sdk/firebaseSdk.js";

/**
 * The JS SDK with `onSnapshot` replaced by `apply`, which receives the real function and the
 * arguments.
 */
export function sdkWithOnSnapshot(
  apply: (real: (args: readonly unknown[]) => unknown, args: readonly unknown[]) => unknown,
): FirebaseSdk {
  const { firestore } = firebaseJs;
  const onSnapshot = new Proxy(firestore.onSnapshot.bind(undefined), {
    apply: (target, self, args): unknown =>
      apply((given) => Reflect.apply(target, self, given), args),
  });
  return { ...firebaseJs, firestore: { ...firestore, onSnapshot } };
}

/**
 * The JS SDK with each snapshot replaced by the result of `see`, or dropped if that is `undefined`.
 */
export function sdkSeen(see: (snapshot: object) => unknown): FirebaseSdk {
  return sdkWithOnSnapshot((real, args) =>
    real(
      args.map((argument, index) =>
        index === 2 && typeof argument === "function"
          ? (snapshot: object): void => {
              const passedOn = see(snapshot);
              if (passedOn !== undefined) Reflect.apply(argument, undefined, [passedOn]);
            }
          : argument,
      ),
    ),
  );
}
