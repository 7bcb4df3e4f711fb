import type { ComponentChildren } from "preact";
import { createContext } from "preact";
import { useCallback, useContext, useMemo, useRef, useState } from "preact/hooks";
import type { IconName } from "../ui/Icon.js";

export interface ToastContent {
  readonly icon: IconName;
  readonly title: string;
  readonly text?: string;
  readonly href?: string;
  /** A newer toast of the same topic replaces the older one, which is no longer true. */
  readonly topic?: string;
}

export interface Toast extends ToastContent {
  readonly id: number;
}

/** More would cover the page. */
const MAX_TOASTS = 3;

const AddContext = createContext<(content: ToastContent) => void>(() => undefined);
const ListContext = createContext<{
  readonly toasts: readonly Toast[];
  readonly dismiss: (id: number) => void;
}>({ toasts: [], dismiss: () => undefined });

/** Shows a message over any view. Screen readers speak it. */
export function useToast(): (content: ToastContent) => void {
  return useContext(AddContext);
}

export function useToastList() {
  return useContext(ListContext);
}

export function Toaster({ children }: { readonly children: ComponentChildren }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const next = useRef(0);
  const show = useCallback((content: ToastContent) => {
    next.current += 1;
    const id = next.current;
    const { topic } = content;
    setToasts((before) => {
      const others = before.filter((toast) => topic === undefined || toast.topic !== topic);
      return [...others, { ...content, id }].slice(-MAX_TOASTS);
    });
  }, []);
  const dismiss = useCallback((id: number) => {
    setToasts((before) => before.filter((toast) => toast.id !== id));
  }, []);
  const list = useMemo(() => ({ toasts, dismiss }), [toasts, dismiss]);
  return (
    <AddContext.Provider value={show}>
      <ListContext.Provider value={list}>{children}</ListContext.Provider>
    </AddContext.Provider>
  );
}
