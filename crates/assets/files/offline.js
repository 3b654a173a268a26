// Stands in for the pages on which concerns are reported while there is no network, with the form as
// somebody sees it who has not signed in: nobody's name is kept with it. Sends what waits when the
// network is back, also when no page is open.
import { sendAll } from "asset:kept.js";

const SHELF = "stairgate-offline";
const PAGES = ["/concerns/report", "/concerns/tell"];
const WAIT = 6000;
const FRESH = 3600000;
let fetched = 0;

const refresh = async () => {
  if (Date.now() - fetched < FRESH) return;
  const shelf = await caches.open(SHELF);
  const wanted = new Set();
  const take = async (path) => {
    const answer = await fetch(path, { credentials: "omit" });
    if (!answer.ok) throw new Error(path);
    const text = /css|html|javascript/.test(answer.headers.get("content-type")) ? await answer.clone().text() : "";
    await shelf.put(path, answer);
    const named = [...text.matchAll(/\/assets\/[\w.-]+/g)].map(([name]) => name).filter((name) => !wanted.has(name));
    for (const name of named) wanted.add(name);
    await Promise.all(named.map(async (name) => ((await shelf.match(name)) ? undefined : take(name))));
  };
  for (const path of PAGES) await take(path);
  for (const request of await shelf.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/assets/") && !wanted.has(pathname)) await shelf.delete(request);
  }
  fetched = Date.now();
};

self.addEventListener("install", (event) => {
  event.waitUntil(refresh().then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

const page = async (request, path) => {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(WAIT) });
  } catch (failed) {
    const shelf = await caches.open(SHELF);
    const kept = await shelf.match(path);
    if (kept) return kept;
    throw failed;
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && PAGES.includes(pathname)) {
    event.respondWith(page(request, pathname));
    event.waitUntil(refresh().catch(() => {}));
  } else if (pathname.startsWith("/assets/")) {
    event.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(request)));
  }
});

self.addEventListener("sync", (event) => {
  if (event.tag === "stairgate-kept") event.waitUntil(sendAll("/concerns/late"));
});
