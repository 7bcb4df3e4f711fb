import type { Comment } from "@ambient/client";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** Within this distance of the end, people want to see what comes. Further up, they read. */
const NEAR_THE_END_PX = 60;

interface Mark {
  readonly row: HTMLElement;
  readonly top: number;
}

/**
 * Scrolls a list with the newest comment while the person is at its end; otherwise keeps the rows in view where they
 * are, whatever is added above or below them. The list's `overflow-anchor` must be `none`: the browser would move it a
 * second time.
 */
export function useFollowedList(newest: Comment | undefined) {
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  /** The rows in view, to find one that is still there. */
  const marks = useRef<readonly Mark[]>([]);
  const latest = useRef(newest);
  latest.current = newest;
  /** Undefined at the end; otherwise the newest comment when the person scrolled away. */
  const [readUntil, setReadUntil] = useState<Comment | null>();
  const settle = useCallback(() => {
    const element = list.current;
    // A hidden panel has no height, and its scroll position is lost.
    if (!element || element.clientHeight === 0) return;
    if (isAtEnd.current) {
      element.scrollTop = element.scrollHeight;
    } else {
      const mark = marks.current.find(({ row }) => row.isConnected);
      if (mark) element.scrollTop += topIn(element, mark.row) - mark.top;
    }
    marks.current = rowsInView(element);
  }, []);
  const setAtEnd = useCallback((isNow: boolean) => {
    if (isAtEnd.current === isNow) return;
    isAtEnd.current = isNow;
    setReadUntil(isNow ? undefined : (latest.current ?? null));
  }, []);
  // After each render, and before the browser paints: no frame shows the list elsewhere.
  useLayoutEffect(settle);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const look = () => {
      if (element.clientHeight === 0) return;
      const below = element.scrollHeight - element.scrollTop - element.clientHeight;
      setAtEnd(below < NEAR_THE_END_PX);
      marks.current = rowsInView(element);
    };
    element.addEventListener("scroll", look, { passive: true });
    // The list's height changes with the keyboard and the panel, its content's with the width.
    const observer = new ResizeObserver(settle);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => {
      element.removeEventListener("scroll", look);
      observer.disconnect();
    };
  }, [settle, setAtEnd]);
  return {
    list,
    isAtEnd: readUntil === undefined,
    readUntil,
    /** Scrolls to the newest comment, and follows again. */
    toTheEnd: useCallback(() => {
      setAtEnd(true);
      settle();
    }, [setAtEnd, settle]),
    /** Keeps the list where it is, even at its end. */
    stay: useCallback(() => {
      setAtEnd(false);
    }, [setAtEnd]),
  };
}

function topIn(list: HTMLElement, row: Element): number {
  return row.getBoundingClientRect().top - list.getBoundingClientRect().top;
}

function rowsInView(list: HTMLElement): readonly Mark[] {
  return [...list.querySelectorAll<HTMLElement>("li")]
    .map((row) => ({ row, top: topIn(list, row) }))
    .filter(({ row, top }) => top + row.offsetHeight > 0 && top < list.clientHeight);
}
