/** Reports an exception in an app's callback as uncaught, so that it does not affect other subscribers. */
export function notify<Value>(listener: (value: Value) => void, value: Value): void {
  try {
    listener(value);
  } catch (error) {
    reportUncaught(error);
  }
}

export function reportUncaught(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
