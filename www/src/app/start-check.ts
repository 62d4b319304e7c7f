/**
 * Loads what says so if the page does not start. It is a classic script, which also runs where the browser may not load modules, as in a frame that
 * is sandboxed without an origin, or does not know them. It knows no other file, so that it is small: every visit loads it.
 */

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

function check(): void {
  if (document.documentElement.dataset.started !== undefined) return;
  const script = document.createElement("script");
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  // The page's own policy of this name is in a module that did not run.
  const policy = trustedTypes?.createPolicy("jitp", { createScriptURL: () => "./not-started.js" });
  script.src = policy?.createScriptURL("") ?? "./not-started.js";
  document.head.append(script);
}

// Modules run before this event, if they run at all.
if (document.readyState === "complete") check();
else window.addEventListener("load", check);
