import { Window } from "happy-dom";

/** A browser's document during a suite, which paints at once. */
export function withDocument(): void {
  const window = new Window();
  const globals = {
    window,
    document: window.document,
    requestAnimationFrame: (paint: () => void) => setImmediate(paint),
    cancelAnimationFrame: (frame: NodeJS.Immediate) => {
      clearImmediate(frame);
    },
  };
  before(() => {
    for (const [name, value] of Object.entries(globals)) {
      Object.defineProperty(globalThis, name, { value, configurable: true });
    }
  });
  after(async () => {
    for (const name of Object.keys(globals)) Reflect.deleteProperty(globalThis, name);
    await window.happyDOM.close();
  });
}
