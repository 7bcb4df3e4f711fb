import type { z } from "zod";
import type { Order } from "../../local/process/orders/order.js";
import { WorkerProcess } from "../../local/process/orders/workerProcess.js";

const script = new URL("worker.ts", import.meta.url);

/** Processes that run rules tests, each with a project of its own in the emulator. */
export interface Workers {
  /** Waits for an idle process, and gives it the order. */
  order<Request extends z.ZodType, Answer extends z.ZodType>(
    order: Order<Request, Answer>,
    request: z.input<Request>,
  ): Promise<z.output<Answer>>;
  readonly stop: () => void;
}

export function startWorkers(count: number, files: readonly string[]): Workers {
  const processes = Array.from({ length: count }, () => new WorkerProcess(script, files));
  const idle = [...processes];
  const waiting: ((worker: WorkerProcess) => void)[] = [];
  return {
    async order(order, request) {
      const worker = idle.pop() ?? (await new Promise<WorkerProcess>((take) => waiting.push(take)));
      try {
        return await worker.order(order, request);
      } finally {
        const next = waiting.shift();
        if (next === undefined) idle.push(worker);
        else next(worker);
      }
    },
    stop() {
      for (const each of processes) each.stop();
    },
  };
}
