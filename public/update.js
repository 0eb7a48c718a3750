// Offers a new version of the app. Beside the app and not in it, so that also a version that does not start can be replaced.
//
// The browser fetches a new build while the old one works on, and lets it wait (sw.js). Every <update-banner> of the page
// then says so; never while that would cost typed text. The person says when; nothing is loaded again by itself.
//
// The app tells us, as events on the window: "waakvlam:outdated" (the server wants a newer app), "waakvlam:newer" (the phone's
// database is of a newer app), "waakvlam:blocked" and "waakvlam:free" (another tab keeps an older database open, or not any
// more). On the root element it sets data-keeping while something typed is on its way to the disk, and data-unkept while
// something typed could not be kept.
const HOUR = 3_600_000;
/** First what the person came for, then the question whether there is something new. */
const SOON = 3_000;
/** Longer than a disk takes to keep a sentence, or a browser to change the service worker. */
const PATIENCE = 15_000;
const root = document.documentElement;
const workers = navigator.serviceWorker;

let registration;
/** What there is to say: "ready", "newer", "blocked", or nothing. */
let news = "";
let later = false;
let updating = false;

class UpdateBanner extends HTMLElement {
  connectedCallback() {
    this.setAttribute("role", "status");
    this.addEventListener("click", (event) => act(event.target.closest("[data-do]")?.dataset.do));
    this.addEventListener("focusin", (event) => (this.before = event.relatedTarget ?? this.before));
    show();
  }
}

/** Words that are in no draft, or that are shown once: an update would cost them. */
const wouldCost = () =>
  document.querySelector("[data-once], [data-unkept]") !== null ||
  [...document.querySelectorAll("textarea, input:not([type=radio], [type=checkbox])")].some(
    (field) => field.value !== field.defaultValue && !field.closest("[data-draft]"),
  );

function show() {
  const quiet = news === "ready" && (later || wouldCost());
  const says = updating ? "busy" : quiet ? "" : news;
  // Before the app is there, or when it does not come.
  if (says && !document.querySelector(news === "ready" ? "update-banner, main" : "update-banner")) {
    return document.body.append(document.createElement("update-banner"));
  }
  const banners = [...document.querySelectorAll("update-banner")];
  for (const banner of banners) {
    if (banners.length > 1 && banner.parentElement === document.body) banner.remove();
    else if ((banner.dataset.says ?? "") !== says) say(banner, says);
  }
}

function say(banner, says) {
  banner.dataset.says = says;
  banner.className = says && `banner banner--${says === "ready" || says === "busy" ? "info" : "warn"} update`;
  if (!says) return banner.replaceChildren();
  if (!banner.firstElementChild) banner.replaceChildren(document.getElementById("update").content.cloneNode(true));
  // Nothing is fetched between "ready" and "busy": a request would wake the service worker that is about to go.
  for (const part of banner.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.includes(says);
  uncover(banner);
}

/** The field that somebody types in stays in sight. */
function uncover(banner) {
  const field = document.activeElement;
  if (!field?.matches("input, textarea")) return;
  const [at, covers] = [field, banner.closest(".foot") ?? banner].map((element) => element.getBoundingClientRect());
  if (at.left < covers.right && at.right > covers.left && at.bottom > covers.top && at.top < covers.bottom) {
    scrollBy(0, at.bottom - covers.top + 12);
  }
}

function act(what) {
  if (what === "update") update();
  if (what === "later") {
    const banner = document.activeElement?.closest("update-banner");
    later = true;
    show();
    const back = banner?.before?.isConnected ? banner.before : document.getElementById("main");
    back?.focus({ preventScroll: true });
  }
}

async function update() {
  // From here on nothing more can be typed that would be lost.
  busy(true);
  const safe = await kept();
  if (!safe || (news === "ready" && wouldCost())) return busy(false);
  const waiting = registration?.waiting;
  // Another tab may have taken the new version in already.
  if (!waiting) return location.reload();
  waiting.addEventListener("statechange", () => {
    // If it came too late, she is typing again: the banner is there, and asks once more.
    if (waiting.state === "activated" && updating) location.reload();
    if (waiting.state === "redundant") busy(false);
  });
  setTimeout(() => busy(false), PATIENCE);
  waiting.postMessage({ type: "skip-waiting" });
}

function busy(now) {
  updating = now;
  document.body.inert = now;
  show();
}

/** Waits until what was typed is on the disk; false when it does not get there. */
const kept = () =>
  new Promise((done) => {
    const end = (safe) => {
      observer.disconnect();
      clearTimeout(timer);
      done(safe);
    };
    const look = () => root.hasAttribute("data-keeping") || end(true);
    const observer = new MutationObserver(look);
    const timer = setTimeout(() => end(false), PATIENCE);
    observer.observe(root, { attributes: true });
    look();
  });

function tell(what) {
  news = what;
  show();
}

function watch(found) {
  registration = found;
  const look = () => found.waiting && found.active && !news && tell("ready");
  found.addEventListener("updatefound", () => found.installing?.addEventListener("statechange", look));
  look();
}

// Without a signal: another time.
const check = () => registration?.update().catch(() => {});
const soon = () => setTimeout(check, SOON);
const everyHour = () => setTimeout(() => everyHour(check()), HOUR * (0.75 + Math.random() / 2));

customElements.define("update-banner", UpdateBanner);
for (const name of ["input", "click", "focusin"]) addEventListener(name, () => news && requestAnimationFrame(show));
addEventListener("waakvlam:newer", () => tell("newer"));
addEventListener("waakvlam:blocked", () => tell("blocked"));
addEventListener("waakvlam:free", () => news === "blocked" && tell(registration?.waiting ? "ready" : ""));
addEventListener("waakvlam:outdated", () => {
  later = false;
  show();
  check();
});

if (workers) {
  // Where it is refused, the app works online.
  const register = () => workers.register("/sw.js").then(watch, () => {});
  // The first time, the app comes before what keeps it.
  if (workers.controller || document.querySelector("main")) register();
  else addEventListener("TrunkApplicationStarted", register, { once: true });
  let controlled = workers.controller;
  workers.addEventListener("controllerchange", () => {
    // Another tab said "now": this page is of the build before.
    if (controlled && !news) tell("ready");
    controlled = workers.controller;
  });
  document.addEventListener("visibilitychange", () => document.hidden || soon());
  addEventListener("online", soon);
  everyHour();
}
