// What a person can see and touch, by the words that stand there.
const tidy = (text) => (text ?? "").replace(/\u00ad/g, "").replace(/\s+/g, " ").replace(/ ,/g, ",").trim();
const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
const place = () => document.querySelector("dialog[open]") ?? document;
const nameOf = (element) => tidy(element.getAttribute("aria-label") ?? element.innerText);

/** What can be tapped under this name; one that begins with it if none is called exactly so. */
function tappable(name) {
  const all = [...place().querySelectorAll("a[href], button, summary, label, [role=button]")].filter(
    (element) => !element.disabled && shown(element),
  );
  return (
    all.find((element) => nameOf(element) === name) ?? all.find((element) => nameOf(element).startsWith(`${name} `)) ?? null
  );
}

/** The first that matches a selector. */
const first = (selector) => [...document.querySelectorAll(selector)].find(shown) ?? null;

/** The field with this label. */
function field(name) {
  const labels = [...place().querySelectorAll("label")].filter(shown);
  const label = labels.find((label) => tidy(label.innerText) === name) ?? labels.find((label) => tidy(label.innerText).startsWith(name));
  return label?.control ?? null;
}

const words = () => tidy(document.body?.innerText);
