/** The next thing a listener said that `matches`, or an error after `withinMs` that says what it said instead. */
export async function seen<Value>(
  listen: (next: (value: Value) => void, fail: (error: Error) => void) => () => void,
  matches: (value: Value) => boolean,
  withinMs = 15_000,
): Promise<Value> {
  let last: Value | undefined;
  let stop: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Value>((resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`not seen within ${withinMs} ms; last: ${JSON.stringify(last)}`));
      }, withinMs);
      stop = listen((value) => {
        last = value;
        if (matches(value)) resolve(value);
      }, reject);
    });
  } finally {
    clearTimeout(timer);
    stop?.();
  }
}
