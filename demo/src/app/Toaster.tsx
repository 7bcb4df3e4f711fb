import type { ComponentChildren } from "preact";
import { createContext } from "preact";
import { useCallback, useContext, useMemo, useRef, useState } from "preact/hooks";
import type { IconName } from "../ui/Icon.js";

export interface ToastContent {
  readonly icon: IconName;
  readonly title: string;
  readonly text?: string;
  readonly href?: string;
  /** A newer toast on the same topic replaces the older one, which is out of date. */
  readonly topic?: string;
}

export interface Toast extends ToastContent {
  readonly id: number;
}

/** More would cover the page. */
const MAX_TOASTS = 3;

const AddContext = createContext<{
  readonly toast: (content: ToastContent) => void;
  /** Removes a toast that is out of date. */
  readonly withdraw: (topic: string) => void;
}>({ toast: () => undefined, withdraw: () => undefined });
const ListContext = createContext<{
  readonly toasts: readonly Toast[];
  readonly dismiss: (id: number) => void;
}>({ toasts: [], dismiss: () => undefined });

/** Shows a message over any view. Screen readers speak it. */
export function useToast() {
  return useContext(AddContext);
}

export function useToastList() {
  return useContext(ListContext);
}

export function Toaster({ children }: { readonly children: ComponentChildren }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const next = useRef(0);
  const withdraw = useCallback((topic: string) => {
    setToasts((before) => before.filter((toast) => toast.topic !== topic));
  }, []);
  const toast = useCallback(
    (content: ToastContent) => {
      next.current += 1;
      const id = next.current;
      if (content.topic !== undefined) withdraw(content.topic);
      setToasts((before) => [...before, { ...content, id }].slice(-MAX_TOASTS));
    },
    [withdraw],
  );
  const dismiss = useCallback((id: number) => {
    setToasts((before) => before.filter((toast) => toast.id !== id));
  }, []);
  const add = useMemo(() => ({ toast, withdraw }), [toast, withdraw]);
  const list = useMemo(() => ({ toasts, dismiss }), [toasts, dismiss]);
  return (
    <AddContext.Provider value={add}>
      <ListContext.Provider value={list}>{children}</ListContext.Provider>
    </AddContext.Provider>
  );
}
