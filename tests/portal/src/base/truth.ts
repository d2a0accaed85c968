// The answer key of tests: each interactive element carries `__truth`, a property of the page's own world. It is no
// attribute, so nothing that looks at the document from outside that world can see it.
import { useLayoutEffect, useRef } from "react";

type Marked = Element & { __truth?: string; __folds?: string[] };

export function mark(el: Element | null | undefined, truth: string | undefined): void {
  if (el && truth) (el as Marked).__truth = truth;
}

/** Says which controls are behind this one, which opens a menu of what has no room. */
export function folds(el: Element | null | undefined, truths: (string | undefined)[]): void {
  if (el) (el as Marked).__folds = truths.filter((id) => id !== undefined);
}

/** A ref callback that marks the element it is put on. */
export function truth(id: string | undefined): (el: Element | null) => void {
  return (el) => mark(el, id);
}

/** Marks elements found inside a container after every render, for controls whose insides are not ours. Those may draw
 *  themselves anew when they have measured themselves, so what they draw is watched too. */
export function useMarks(find: (root: HTMLElement) => [Element | null | undefined, string | undefined][]) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const root = ref.current;
    if (!root) return;
    const all = () => find(root).forEach(([el, id]) => mark(el, id));
    all();
    const watch = new MutationObserver(all);
    watch.observe(root, { childList: true, subtree: true });
    return () => watch.disconnect();
  });
  return ref;
}
