// Asks the browser for a way to be reached, and sends it with the form below.
const place = document.querySelector(".sg-tell");
const form = place.closest("main").querySelector("form[action*='/account/notices/devices/add']");
const endpoint = form.querySelector("input[name=endpoint]");
const note = place.querySelector("p");

const bytes = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};

const ask = async () => {
  const words = new URLSearchParams({ title: place.dataset.title, says: place.dataset.says });
  const worker = await navigator.serviceWorker.register(`asset:worker.js?${words}`);
  const key = bytes(place.dataset.key);
  const old = await worker.pushManager.getSubscription();
  // A subscription to an earlier key is of no use.
  if (old) await old.unsubscribe();
  const found = await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: key,
  });
  return found.endpoint;
};

if ("serviceWorker" in navigator && "PushManager" in window) {
  note.hidden = true;
  form.addEventListener("submit", async (event) => {
    if (endpoint.value) return;
    event.preventDefault();
    try {
      endpoint.value = await ask();
    } catch {
      // The answer to an empty address says what to do.
    }
    form.submit();
  });
}
