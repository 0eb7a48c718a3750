// Keeps the screen from being read by who should not. Beside the app and not in it: it has to be there at once, and it costs no
// focus and no typed word.
//
// - While the app is out of sight the page is blank, and on a phone as soon as it is about to be: that is the picture that the task
//   switcher keeps. The root element then has data-away.
// - A button with data-cover ("Afdekken") lays #cover over everything until somebody taps it.
//
// Coming back, the app is asked first whether it is time to lock ("waakvlam:back"); only what it has drawn then is shown.
const root = document.documentElement;
const cover = () => document.getElementById("cover");
/** At a desk another window may lie beside this one, and it is no secret there. */
const inAHand = matchMedia("(pointer: coarse)");
let gone = false;

function leave() {
  gone = true;
  root.toggleAttribute("data-away", true);
}

function back() {
  if (document.hidden) return;
  gone = false;
  dispatchEvent(new Event("waakvlam:back"));
  // Two frames: one to draw what the app did about it.
  requestAnimationFrame(() => requestAnimationFrame(() => gone || root.removeAttribute("data-away")));
}

document.addEventListener("visibilitychange", () => (document.hidden ? leave() : back()));
addEventListener("pagehide", leave);
addEventListener("pageshow", back);
addEventListener("blur", () => inAHand.matches && leave());
addEventListener("focus", back);
if (document.hidden) leave();

addEventListener("click", ({ target }) => {
  if (target.closest("[data-cover]")) cover().showModal();
  else if (target.closest("#cover")) cover().close();
});
// Where the focus was, the app may have locked itself meanwhile.
cover().addEventListener("close", () => document.activeElement === document.body && document.getElementById("main")?.focus());

/** What the app opens a passkey with; fetched when somebody first wants one. */
globalThis.waakvlamPasskey = async (what, ...rest) => (await import("/passkey.js"))[what](...rest);
