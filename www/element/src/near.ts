/** Waits for users to come near a part of the page. */

/** Calls `then` once the element is not farther than `margin` from what is seen. The answer ends that. */
export function whenNear(element: Element, margin: string, then: () => void): () => void {
  // The second margin is for boxes of the page that scroll; TypeScript does not know it yet.
  const reach: IntersectionObserverInit & { scrollMargin: string } = { rootMargin: margin, scrollMargin: margin };
  const observer = new IntersectionObserver((seen) => {
    if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    then();
  }, reach);
  observer.observe(element);
  return () => observer.disconnect();
}
