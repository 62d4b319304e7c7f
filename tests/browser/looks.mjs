/**
 * The conditions for every picture of the page, in any browser and with any fonts. `faults` runs in the page and returns a
 * line for each fault; `settle` brings the page into the state for pictures.
 */

import { AXE, atRest } from "./browser.mjs";

/** Resets everything that a picture depends on and that a test may have changed: scrolling, pointer, movement, fonts. */
export async function settle(page) {
  await atRest(page);
  await page.mouse.move(2, 2);
  await page.evaluate(async () => {
    const all = [...document.querySelectorAll("*")].flatMap((element) => [element, ...(element.shadowRoot?.querySelectorAll("*") ?? [])]);
    for (const element of all) {
      if (element.scrollTop !== 0 || element.scrollLeft !== 0) element.scrollTo({ top: 0, left: 0, behavior: "instant" });
    }
    await document.fonts.ready;
    // By now the observers have reported, and the result is drawn.
    for (let i = 0; i < 3; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
  });
}

/** The faults, a line each. `parts` are the panels that must be visible; `tone` is the tone of the verdict, if it must be visible. */
export async function faults(page, expected) {
  const seen = await page.evaluate(inspect, expected);
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ["color-contrast", "target-size"], rules: { "target-size": { enabled: true } } }),
  );
  return [
    ...seen,
    ...violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`)),
  ];
}

/* It runs in the page, so that it has everything that it needs inside. */
function inspect({ parts, narrow, scheme, dialog, tone, below }) {
  const found = [];
  const must = (holds, what) => holds || found.push(what);
  const { innerWidth: width, innerHeight: height } = window;
  const name = (element) =>
    `${element.tagName.toLowerCase()}${element.id && `#${element.id}`}${[...element.classList].map((one) => `.${one}`).join("")}`;
  const words = (text) => JSON.stringify(text.trim().replace(/\s+/g, " ").slice(0, 40));
  const above = (element) => element.parentElement ?? element.getRootNode().host ?? null;
  const path = (element) => {
    const all = [];
    for (let at = element; at; at = above(at)) all.push(at);
    return all;
  };
  const box = (element) => element.getBoundingClientRect();
  const rendered = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true });
  const all = [...document.querySelectorAll("#playground *")]
    .flatMap((element) => [element, ...(element.shadowRoot?.querySelectorAll("*") ?? [])])
    .filter(rendered);

  // The visible parts, and their places.
  const panels = [...document.querySelectorAll("main > section")].filter(rendered);
  must(String(panels.map(({ id }) => id)) === String(parts), `parts: ${panels.map(({ id }) => id)} are shown, not ${parts}`);
  const places = panels.map(box);
  for (const [i, { left, right, top, bottom }] of places.entries()) {
    const after = places[i + 1];
    if (after)
      must(right <= after.left + 0.5 && Math.abs(top - after.top) < 1, `order: ${panels[i].id} does not stand left of ${panels[i + 1].id}`);
    if (!narrow) must(Math.abs(bottom - height) < 1, `order: ${panels[i].id} ends at ${bottom}, the window at ${height}`);
    must(right - left >= Math.min(290, width - 1), `order: ${panels[i].id} is ${right - left} px wide`);
  }
  if (places.length > 0) must(places[0].left < 1 && Math.abs(places.at(-1).right - width) < 1, "order: the parts do not fill the width");
  const [first] = places;
  const head = box(document.querySelector(narrow ? ".steps-nav" : ".top"));
  must(first && Math.abs(head.bottom - first.top) < 2, "order: the parts do not follow the head");

  // Nothing sticks out, nothing is cut off.
  must(document.documentElement.scrollWidth <= width, `wide: the page is ${document.documentElement.scrollWidth} px wide`);
  if (!narrow) must(document.documentElement.scrollHeight <= height, "wide: the page scrolls, not its parts");
  for (const panel of panels)
    must(panel.scrollWidth <= panel.clientWidth, `wide: what is in ${panel.id} is ${panel.scrollWidth} px wide, not ${panel.clientWidth}`);
  for (const element of all) {
    if (element.closest(".visually-hidden, svg, .cm-editor") || element.clientWidth === 0) continue;
    const { overflowX, textOverflow } = getComputedStyle(element);
    if (/hidden|clip/.test(overflowX) && textOverflow !== "ellipsis")
      must(element.scrollWidth <= element.clientWidth + 1, `cut: ${name(element)} hides a part of ${words(element.textContent)}`);
  }

  // The colours that were asked for.
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (colour) => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (colour) => rgb(colour).reduce((sum, part) => sum + part) / 765;
  const editor = document.querySelector("#editor")?.shadowRoot?.querySelector(".cm-editor");
  for (const element of [document.body, ...panels, editor, dialog && document.querySelector("dialog[open]")]) {
    if (!element || !rendered(element)) continue;
    const { backgroundColor, color } = getComputedStyle(element);
    const [back, ink] = [light(backgroundColor), light(color)];
    must(
      scheme === "dark" ? back < 0.2 && ink > 0.8 : back > 0.85 && ink < 0.25,
      `colours: ${name(element)} has ${color} on ${backgroundColor}, which is not ${scheme}`,
    );
  }

  // The verdict is in sight, and in its colour.
  const verdict = document.querySelector("#verdict.verdict, #verdict .verdict");
  if (tone !== undefined) {
    const [red, green, blue] = rgb(getComputedStyle(verdict).backgroundColor);
    const hue =
      green > red && green > blue * 1.2
        ? "ok"
        : red > green * 2.2
          ? "bad"
          : red > green * 1.3 && green > blue * 1.5
            ? "rejected"
            : red > green * 1.1 && green > blue * 1.5
              ? "warn"
              : "none";
    must(hue === tone, `tone: the verdict has the colour of ${hue}, not of ${tone}`);
    const { top, bottom, left, right } = box(verdict);
    if (!below)
      must(
        rendered(verdict) && top >= head.bottom - 1 && bottom <= height && left >= 0 && right <= width,
        `sight: the verdict stands from ${top} to ${bottom}`,
      );
  }

  // A dialog is whole, and on top.
  const open = document.querySelector("dialog[open]");
  must((open !== null) === dialog, dialog ? "dialog: there is none" : "dialog: there is one");
  if (dialog && open) {
    const { top, bottom, left, right } = box(open);
    must(
      open.matches(":modal") && top >= 0 && left >= 0 && right <= width && bottom <= height,
      `dialog: it stands at ${[left, top, right, bottom]}`,
    );
  }

  // The part of a box that its ancestors do not clip.
  const clips = new Map();
  const clipOf = (element) => {
    if (!element) return { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
    if (!clips.has(element)) {
      let clip = clipOf(above(element));
      const { overflowX, clipPath } = getComputedStyle(element);
      if (clipPath !== "none") clip = { left: 0, top: 0, right: 0, bottom: 0 };
      else if (overflowX !== "visible" && element !== document.body && element !== document.documentElement)
        clip = within(box(element), clip);
      clips.set(element, clip);
    }
    return clips.get(element);
  };
  const within = (a, b) => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });

  // No text is over another. Only the middle of each line counts, because the font decides how high the letters are.
  const ground = dialog && open ? open : document.querySelector("#playground");
  const lines = [];
  for (const element of all) {
    if (!(ground === element || path(element).includes(ground)) || element.closest(".notices")) continue;
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || node.data.trim() === "") continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { left, right, top, bottom } of range.getClientRects()) {
        const inset = (bottom - top) * 0.25;
        const line = within({ left: left + 1, right: right - 1, top: top + inset, bottom: bottom - inset }, clipOf(element));
        if (line.right - line.left > 2 && line.bottom - line.top > 2) lines.push({ ...line, node });
      }
    }
  }
  must(lines.length > 3, "over: there is no text");
  lines.sort((a, b) => a.top - b.top);
  for (const [i, one] of lines.entries()) {
    must(dialog || (one.left >= -1 && one.right <= width + 1), `wide: ${words(one.node.data)} ends at ${one.right}`);
    for (let j = i + 1; j < lines.length && lines[j].top < one.bottom; j++) {
      const other = lines[j];
      if (other.node !== one.node)
        must(
          other.left >= one.right || other.right <= one.left,
          `over: ${words(one.node.data)} and ${words(other.node.data)} stand on each other`,
        );
    }
  }

  // A press on the middle of a control reaches it. Floating notices may cover it until they are dismissed.
  for (const element of all) {
    if (
      !element.matches("button, a[href], input, select, textarea, summary") ||
      element.matches(":disabled, .skip") ||
      !path(element).includes(ground)
    )
      continue;
    const { left, right, top, bottom } = within(box(element), clipOf(element));
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    if (right - left < 3 || bottom - top < 3 || y >= height || y < 0 || getComputedStyle(element).opacity === "0") continue;
    const hit = element.getRootNode().elementFromPoint(x, y);
    if (hit?.closest(".notices")) continue;
    const inLine = element.getClientRects().length > 1;
    must(
      hit && (inLine || path(hit).includes(element) || [...(element.labels ?? [])].some((label) => label.contains(hit))),
      `covered: ${name(element)} ${words(element.textContent)} lies under ${hit ? name(hit) : "nothing"}`,
    );
  }
  return found;
}
