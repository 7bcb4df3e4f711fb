import type { z } from "zod";
import { orderMessage, type Order } from "./order.js";

const handlers = new Map<string, (request: unknown) => Promise<unknown>>();

/** Carries out the orders of this name that the parent process sends. */
export function on<Request extends z.ZodType, Answer extends z.ZodType>(
  { name, request }: Order<Request, Answer>,
  handle: (request: z.output<Request>) => Promise<z.input<Answer>>,
): void {
  handlers.set(name, (given) => handle(request.parse(given)));
}

/** Begins to carry out orders, including those that have arrived already. */
export function carryOutOrders(): void {
  process.on("message", (message) => {
    const { id, name, request } = orderMessage.parse(message);
    const handle = handlers.get(name);
    if (!handle) throw new Error(`there is no order ${name}`);
    handle(request).then(
      (answer) => process.send?.({ id, answer }),
      (error: unknown) =>
        process.send?.({ id, error: error instanceof Error ? error.stack : String(error) }),
    );
  });
  process.on("disconnect", () => process.exit());
}
