// How a screen fits, and what it says: everything as it is drawn now. Knows screen.js.

const within = () => document.querySelector("dialog[open]") ?? document.body;

/** For those who listen only, or not drawn at all. */
function hidden(element) {
  for (let one = element; one && one !== document.body; one = one.parentElement) {
    if (one.matches(".skip, svg, option, script, style, template, noscript, #boot")) return true;
    if (one.matches(".visually-hidden")) return true;
  }
  return !element.checkVisibility({ visibilityProperty: true });
}

/** The words that are drawn, each with the element that they stand in. */
function drawn() {
  const found = [];
  const walker = document.createTreeWalker(within(), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (tidy(node.data) && !hidden(node.parentElement)) found.push(node);
  }
  return found;
}

/** What sticks out, is cut off, or is too small for a finger, on a window so wide. */
function misfits(wide) {
  const faults = new Set();
  const root = document.documentElement;
  if (root.scrollWidth > wide) faults.add(`the page is ${root.scrollWidth} wide`);
  const range = document.createRange();
  const styles = new Map();
  const style = (element) => {
    if (!styles.has(element)) {
      const { overflowX, overflowY } = getComputedStyle(element);
      styles.set(element, { cuts: overflowX !== "visible" || overflowY !== "visible", scrolls: /auto|scroll/.test(overflowX) });
    }
    return styles.get(element);
  };
  for (const node of drawn()) {
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (!box.width) continue;
    const what = tidy(node.data).slice(0, 60);
    const held = node.parentElement.closest("button, .button, .chip, .tile, .tabs__link, .tag, .state, .pill, .bell, .back, summary");
    if (held) {
      const around = held.getBoundingClientRect();
      if (box.left < around.left - 1 || box.right > around.right + 1 || box.top < around.top - 3 || box.bottom > around.bottom + 3) {
        faults.add(`“${what}” runs out of its ${held.className || held.localName}`);
      }
    }
    if (box.left < -1 || box.right > wide + 1) faults.add(`“${what}” sticks out (${Math.round(box.left)} to ${Math.round(box.right)})`);
    for (let one = node.parentElement; one && one !== document.body && one !== root; one = one.parentElement) {
      if (!style(one).cuts || one.matches("dialog")) continue;
      const around = one.getBoundingClientRect();
      if (box.left < around.left - 1 || box.right > around.right + 1) faults.add(`“${what}” is cut off by ${one.className || one.localName}`);
    }
  }
  // A word that is broken in two can't be read at a glance. With the largest text the longest ones have to be.
  const longest = root.dataset.text === "200" ? (wide < 360 ? 9 : 11) : Infinity;
  for (const node of drawn()) {
    if (node.parentElement.closest("[translate=no], .link-box")) continue;
    range.selectNodeContents(node);
    if (range.getClientRects().length < 2) continue;
    for (const { 0: word, index } of node.data.matchAll(/[\p{L}\p{N}]{2,}/gu)) {
      if (word.length > longest || node.data[index - 1] === "\u00ad") continue;
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = new Set([...range.getClientRects()].filter(({ width }) => width).map(({ top }) => Math.round(top)));
      if (lines.size > 1) faults.add(`“${word}” is broken in two`);
    }
  }
  const touched = "button, a[href], summary, label.chip, label.tile, label.check, select, textarea, input:not([type=radio], [type=checkbox], [type=hidden])";
  for (const element of within().querySelectorAll(touched)) {
    // A link in a sentence is as high as its line.
    if (hidden(element) || getComputedStyle(element).display === "inline") continue;
    const { width, height } = element.getBoundingClientRect();
    if (width && (height < 47.9 || width < 47.9)) {
      faults.add(`“${nameOf(element).slice(0, 40)}” (${element.className || element.localName}) is ${Math.round(width)} × ${Math.round(height)} to a finger`);
    }
  }
  return [...faults];
}

/** Everything that is said in the language of the screen: drawn, read out, or a hint in a field. */
function said() {
  const root = document.documentElement;
  const own = (element) => (element.closest("[lang]") ?? root) === root && !element.closest("[translate=no]");
  const lines = [];
  const walker = document.createTreeWalker(within(), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!tidy(node.data) || element.closest("script, style, template, noscript, #boot, svg")) continue;
    // What is found is said in the words that were written, and in Dutch beside English.
    if (element.closest(".found")) continue;
    if (own(element) && element.checkVisibility({ visibilityProperty: true })) lines.push(tidy(node.data));
  }
  for (const element of within().querySelectorAll("[aria-label], [title], [placeholder], [alt], [aria-description]")) {
    if (!own(element) || !element.checkVisibility()) continue;
    for (const name of ["aria-label", "title", "placeholder", "alt", "aria-description"]) {
      const value = tidy(element.getAttribute(name));
      if (value) lines.push(value);
    }
  }
  lines.push(document.title.replace(" · Waakvlam", ""));
  return { lang: root.lang, lines };
}
