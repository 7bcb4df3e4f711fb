/** Takes the lock if it is free, and removes the lock of a dead owner. */
export function takeLock(lock: string): boolean;
export function releaseLock(lock: string): void;
