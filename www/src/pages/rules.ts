/** The filter of the rules' page. The page is complete without it. */

import { pagesWords } from "../words/pages.ts";

const field = document.querySelector<HTMLInputElement>("#filter");
const box = document.querySelector<HTMLElement>("#filter-box");
const count = document.querySelector<HTMLElement>("#filter-count");
const noMatch = document.querySelector<HTMLElement>("#no-match");

const rules = [...document.querySelectorAll<HTMLElement>(".rule")].map((article) => ({
  article,
  entry: document.querySelector<HTMLElement>(`[data-rule="${article.id}"]`),
  text: (article.textContent ?? "").toLowerCase(),
}));
const groups = [...document.querySelectorAll<HTMLElement>(".rule-group")].map((section) => ({
  section,
  entry: document.querySelector<HTMLElement>(`[data-group="${section.id}"]`),
}));

/** Shows the rules that have every word of the field somewhere in their text. */
function filter(): void {
  const words = (field?.value ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { article, entry, text } of rules) {
    const fits = words.every((word) => text.includes(word));
    if (fits) shown += 1;
    article.hidden = !fits;
    if (entry) entry.hidden = !fits;
  }
  for (const { section, entry } of groups) {
    section.hidden = section.querySelector(".rule:not([hidden])") === null;
    if (entry) entry.hidden = section.hidden;
  }
  document.body.classList.toggle("is-filtered", words.length > 0);
  if (count) count.textContent = words.length === 0 ? "" : pagesWords.shown(shown, rules.length);
  if (noMatch) noMatch.hidden = shown > 0;
}

/** Shows the rule of a link even if the filter hides it. */
function reveal(): void {
  const target = document.getElementById(location.hash.slice(1));
  if (!field || field.value === "" || !target || target.closest("[hidden]") === null) return;
  field.value = "";
  filter();
  target.scrollIntoView();
}

field?.addEventListener("input", filter);
window.addEventListener("hashchange", reveal);
if (box) box.hidden = false;
// The browser may have kept the filter over a reload.
filter();
