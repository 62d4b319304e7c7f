/** Disconnects the page from the network for good. */

/** A second policy can only tighten the first: from here on neither the page nor a worker that it starts can connect anywhere. */
export function cutTheLine(): void {
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = "connect-src 'none'";
  document.head.append(policy);
}
