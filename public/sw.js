// The service worker: starts this build of the app without a network. It knows files, never people:
// nothing under /api/ is looked at or kept.
//
// The build (.ci/finish.mjs) writes in which build this is and what belongs to it. One cache a build: a worker
// answers with the files it was installed with and no others, so page and wasm always fit each other.
const BUILD = "";
const FILES = [];
const PREFIX = "waakvlam-";
const CACHE = PREFIX + BUILD;
/** As many builds before this one keep their files, here as on the server: their pages may still be open in another tab. */
const BEFORE = 2;
const HASHED = /-[0-9a-f]{12,}[._]/;

self.addEventListener("install", (event) => event.waitUntil(install()));

// All or nothing: one file that cannot be fetched, and the build before this one stays in charge.
// "reload" passes by the browser's HTTP cache, which may hold an older "/".
async function install() {
  try {
    const cache = await caches.open(CACHE);
    await cache.addAll(FILES.map((url) => new Request(url, { cache: "reload" })));
    // While a server is being upgraded, this file may come from the new build and "/" from the old one.
    const page = await (await cache.match("/")).text();
    if (!page.includes(`<meta name="build" content="${BUILD}">`)) throw new Error("the page is of another build");
  } catch (why) {
    await caches.delete(CACHE);
    throw why;
  }
}

// The older files may go. The very first worker takes charge of the page that brought it: that page, too, may lose its
// signal before it is loaded again.
self.addEventListener("activate", (event) => event.waitUntil(activate()));

async function activate() {
  const older = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  if (older.length === 0) await self.clients.claim();
  await Promise.all(older.slice(0, -BEFORE).map((name) => caches.delete(name)));
}

// A new build waits until every page is closed, or until the person says "now" in the app. Never by itself:
// someone may be halfway through a sentence.
self.addEventListener("message", (event) => {
  if (event.data?.type === "skip-waiting") event.waitUntil(self.skipWaiting());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || url.pathname.startsWith("/api/")) return;
  // Every address of the app is the same page; the app's router reads the address. The explanation to residents is a page by itself.
  const page = url.pathname === "/uitleg" ? "/uitleg.html" : "/";
  const key = request.mode === "navigate" ? page : url.pathname;
  if (FILES.includes(key)) event.respondWith(cached(key, request));
  // A page of an older build, open in another tab: what has a hash in its name is the same in every cache.
  else if (HASHED.test(key)) event.respondWith(caches.match(key).then((found) => found ?? fetch(request)));
});

// A browser may clear a cache; then the network is the best there is.
async function cached(key, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(key)) ?? fetch(request);
}
