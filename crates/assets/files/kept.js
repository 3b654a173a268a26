// Reports that wait on this device until there is a network. Each is sealed under a key that never
// leaves the browser, has a name of its own, and is forgotten as soon as it has arrived.
const NAME = "stairgate-kept";
const WAIT = 12000;
// What was answered with no is kept, and tried again after this long.
const HOUR = 3600000;

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

let opened;
const database = () => {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("keys");
      request.result.createObjectStore("kept", { keyPath: "id" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
};
const store = async (name, mode) => (await database()).transaction(name, mode).objectStore(name);

// Whoever comes first makes the key; it can't be taken out of the browser.
const key = async () => {
  const known = await done((await store("keys", "readonly")).get("own"));
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await done((await store("keys", "readwrite")).add(made, "own")).catch(() => {});
  return done((await store("keys", "readonly")).get("own"));
};

export const works = () => "indexedDB" in self && crypto.subtle !== undefined;

// Keeps what was written; when this is done it is on the device.
export const keep = async (id, body, at) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), new TextEncoder().encode(body));
  const transaction = (await database()).transaction("kept", "readwrite", { durability: "strict" });
  transaction.objectStore("kept").put({ id, iv, sealed, at });
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
};

export const waiting = async () => done((await store("kept", "readonly")).getAll());
export const forget = async (id) => done((await store("kept", "readwrite")).delete(id));

// Sends one. What came of it: "sent", "later" (there is no way just now), or "no".
export const send = async ({ iv, sealed }, to) => {
  const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key(), sealed);
  try {
    const answer = await fetch(to, {
      method: "POST",
      credentials: "omit",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new TextDecoder().decode(opened),
      signal: AbortSignal.timeout(WAIT),
    });
    if (answer.ok) return "sent";
    return answer.status === 429 ? "busy" : answer.status >= 500 ? "later" : "no";
  } catch {
    return "later";
  }
};

// Whether one may be sent again; also when the clock of the device was put back meanwhile.
export const due = ({ refused }, now) => refused === undefined || Math.abs(now - refused) >= HOUR;

// Sends all that wait, one after the other, the oldest first; one window does so at a time.
export const sendAll = (to) =>
  navigator.locks.request("stairgate-kept", async () => {
    const all = (await waiting()).filter((one) => due(one, Date.now())).sort((one, other) => one.at - other.at);
    for (const one of all) {
      const came = await send(one, to);
      if (came === "sent") await forget(one.id);
      else if (came === "no") await done((await store("kept", "readwrite")).put({ ...one, refused: Date.now() }));
      else return;
    }
  });
