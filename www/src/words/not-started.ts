/** The words of a page whose scripts could not be loaded. */

export const notStartedWords = {
  title: "Could not start",
  sandboxed:
    "The page around keeps this frame in a sandbox without an origin, and this server does not let such a frame load scripts. The author of that page can add allow-same-origin to the sandbox attribute.",
  notLoaded: "The scripts of this page could not be loaded, or this browser is too old for them.",
};
