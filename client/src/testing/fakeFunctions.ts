import type { FunctionsSdk } from "../sdk/firebaseSdk.js";

/** Firebase's callables, all of which `answer` answers. */
export function fakeFunctions(answer: (name: string, request: unknown) => unknown): FunctionsSdk {
  return {
    // Firebase's own signature, in which the caller chooses both types.
    // oxlint-disable-next-line typescript/no-unnecessary-type-parameters
    httpsCallable<Request, Response>(_functions: object, name: string) {
      return async (request: Request) => {
        const answered = await answer(name, request);
        // An answer travels as JSON.
        // oxlint-disable-next-line typescript/no-unsafe-assignment -- as above
        const data: Response = JSON.parse(JSON.stringify(answered));
        return { data };
      };
    },
  };
}
