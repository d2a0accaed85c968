// The answer key of tests: each interactive element carries `__truth`, a property of the page's own world. It is no
// attribute, so nothing that looks at the document from outside that world can see it.
import { useLayoutEffect, useRef } from "react";

type Marked = Element & { __truth?: string };

export function mark(el: Element | null | undefined, truth: string | undefined): void {
  if (el && truth) (el as Marked).__truth = truth;
}

/** A ref callback that marks the element it is put on. */
export function truth(id: string | undefined): (el: Element | null) => void {
  return (el) => mark(el, id);
}

/** Marks elements found inside a container after every render, for controls whose insides are not ours. */
export function useMarks(find: (root: HTMLElement) => [Element | null | undefined, string | undefined][]) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (ref.current) for (const [el, id] of find(ref.current)) mark(el, id);
  });
  return ref;
}
