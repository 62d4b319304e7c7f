/** The words of the dialog about privacy. */

export const privacyWords = {
  title: "How do I know that nothing is sent?",
  checks: [
    "Watch it. Open the network panel of your browser's developer tools and use everything: after the page is loaded, no request is added. (The first visit loads the files of the page twice, to keep them for the next visit.)",
    "Go offline. Load the page once, disconnect, and load it again: everything works.",
    "Read its policy. The page's content security policy, which the browser enforces, allows scripts from its own server only. After the load the page adds `connect-src 'none'`, and no script can remove it. From then on neither the page nor its worker can connect to anything, not even to that server. The service worker requests the page's own files when you open the page, and nothing else.",
    "Read the source. It has no analytics, and no fonts or scripts of third parties.",
  ],
  licences: "Licences of the packages in it",
  keptTitle: "What is kept",
  kept: "This browser keeps your templates, certificates and options, so that neither a reload nor other work loses them: see Recent. What is known of an account is not kept. The widths of the columns are kept if you have moved their dividers, and whether you read templates as they are written. The browser also keeps the page's own files for the next visit. Nothing of this is sent. A private key is never kept. A shared link contains what you choose, and goes to the people that you send it to.",
  forget: "Forget everything",
};
