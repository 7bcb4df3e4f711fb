/** Takes the lock if nobody has it, and clears away one whose owner is gone. */
export function takeLock(lock: string): boolean;
export function releaseLock(lock: string): void;
