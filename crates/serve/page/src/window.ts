// Drawing only what is seen: of ten thousand rows, the page holds those on the screen and a few around them.
import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

export interface Span {
  start: number;
  end: number;
}

/** The rows that are seen between `from` and `from + length` pixels, with some around them. */
export function span(from: number, length: number, size: number, count: number, around: number): Span {
  const start = Math.min(Math.max(0, Math.floor(from / size) - around), count);
  const end = Math.max(start, Math.min(count, Math.ceil((from + length) / size) + around));
  return { start, end };
}

const same = (a: Span, b: Span) => a.start === b.start && a.end === b.end;

/** The rows of a list that are seen in the window. */
export function useSeenInWindow(list: RefObject<HTMLElement | null>, count: number, size: number): Span {
  const [seen, setSeen] = useState<Span>({ start: 0, end: Math.min(count, 40) });
  useLayoutEffect(() => {
    const read = () => {
      const top = list.current?.getBoundingClientRect().top ?? 0;
      const next = span(-top, innerHeight, size, count, 8);
      setSeen((now) => (same(now, next) ? now : next));
    };
    read();
    addEventListener("scroll", read, { passive: true });
    addEventListener("resize", read);
    return () => {
      removeEventListener("scroll", read);
      removeEventListener("resize", read);
    };
  }, [list, count, size]);
  return seen;
}

export interface Axis {
  count: number;
  size: number;
  /** What of the box is covered by headings that stay. */
  covered: number;
}

/** The rows and columns that are seen in a box that scrolls both ways. */
export function useSeenInBox(
  box: RefObject<HTMLElement | null>,
  rows: Axis,
  columns: Axis,
): { rows: Span; columns: Span } {
  const [seen, setSeen] = useState({ rows: { start: 0, end: 0 }, columns: { start: 0, end: 0 } });
  const key = JSON.stringify([rows, columns]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for both axes
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const read = () => {
      const next = {
        rows: span(element.scrollTop, element.clientHeight - rows.covered, rows.size, rows.count, 4),
        columns: span(element.scrollLeft, element.clientWidth - columns.covered, columns.size, columns.count, 4),
      };
      setSeen((now) => (same(now.rows, next.rows) && same(now.columns, next.columns) ? now : next));
    };
    read();
    element.addEventListener("scroll", read, { passive: true });
    const watcher = new ResizeObserver(read);
    watcher.observe(element);
    return () => {
      element.removeEventListener("scroll", read);
      watcher.disconnect();
    };
  }, [box, key]);
  return seen;
}
