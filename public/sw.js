// The service worker: starts this build of the app without a network. It knows files, never people:
// nothing under /api/ is looked at or kept.
//
// The build (.ci/finish.mjs) writes in which build this is and what belongs to it. One cache a build: a worker
// answers with the files it was installed with and no others, so page and wasm always fit each other.
const BUILD = /*BUILD*/"";
const FILES = /*FILES*/[];
const PREFIX = "waakvlam-";
const CACHE = PREFIX + BUILD;

// All or nothing: one file that cannot be fetched, and the build before this one stays in charge.
// "reload" passes by the browser's HTTP cache, which may hold an older "/".
self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(CACHE).then((cache) => cache.addAll(FILES.map((url) => new Request(url, { cache: "reload" })))),
  );
});

// The first moment at which no page of an older build is open: its files may go. The very first worker takes charge of
// the page that brought it: that page, too, may lose its signal before it is loaded again.
self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then((names) => {
      const older = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
      return older.length === 0 ? self.clients.claim() : Promise.all(older.map((name) => caches.delete(name)));
    }),
  );
});

// A new build waits until every page is closed, or until the person says "now" in the app. Never by itself:
// someone may be halfway through a sentence.
self.addEventListener("message", (event) => {
  if (event.data?.type === "skip-waiting") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || url.pathname.startsWith("/api/")) return;
  // Every address of the app is the same page; the app's router reads the address. The explanation to residents is a page by itself.
  const page = url.pathname === "/uitleg" ? "/uitleg.html" : "/";
  const key = request.mode === "navigate" ? page : url.pathname;
  if (FILES.includes(key)) event.respondWith(cached(key, request));
});

// A browser may clear a cache; then the network is the best there is.
async function cached(key, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(key)) ?? fetch(request);
}
