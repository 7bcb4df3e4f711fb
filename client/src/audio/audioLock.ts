/** Decides which tab of this browser plays a show's audio. */
export interface AudioLock {
  /** Takes the lock from the tab that holds it. */
  take(): void;
  /** Releases the lock permanently. */
  release(): void;
}

/** Calls `freed` when the tab that took the lock is gone: it left the show, was closed, or crashed. */
export type OpenAudioLock = (freed: () => void) => AudioLock;

type Locks = Pick<typeof navigator.locks, "request">;

/** Outside browsers an app has no tabs, and old browsers have no locks: people have to take over the audio themselves. */
export function openAudioLock(name: string): OpenAudioLock {
  const isPage = "document" in globalThis && "locks" in navigator;
  return isPage ? webLock(navigator.locks, name) : () => noLock;
}

const noLock: AudioLock = { take: () => undefined, release: () => undefined };

/** By the Web Locks API: the browser itself frees the lock of a tab that is gone. */
export function webLock(locks: Locks, name: string): OpenAudioLock {
  return (freed) => {
    let isHolder = false;
    let isOver = false;
    let end: (() => void) | undefined;
    let waiting: AbortController | undefined;
    const hold = () =>
      new Promise<void>((resolve) => {
        end = resolve;
        if (isOver) resolve();
      });
    const lost = () => {
      isHolder = false;
      if (!isOver) wait();
    };
    const wait = () => {
      const controller = new AbortController();
      waiting = controller;
      const { signal } = controller;
      locks
        .request(name, { signal }, () => {
          isHolder = true;
          freed();
          return hold();
        })
        .catch(() => {
          if (!signal.aborted) lost();
        });
    };
    return {
      take() {
        if (isHolder) return;
        isHolder = true;
        waiting?.abort();
        locks.request(name, { steal: true }, hold).catch(lost);
      },
      release() {
        isOver = true;
        waiting?.abort();
        end?.();
      },
    };
  };
}
