// A report is kept on this device before it is sent, and forgotten when it has arrived: neither a lost
// network nor a closed page loses it, and it is never taken twice.
import { forget, keep, send, sendAll, waiting, works } from "asset:kept.js";

const TO = "/concerns/late";
const part = document.querySelector(".sg-keep");
const form = part?.parentElement.querySelector("form[method=post]");
const shown = (name) => part?.querySelector(`.sg-keep__${name}`);
let sending = false;

const look = async () => {
  const all = await waiting();
  localStorage.setItem("stairgate-waits", String(all.length));
  const place = shown("waiting");
  if (!place) return all.length;
  place.hidden = all.length === 0;
  const time = new Intl.DateTimeFormat(document.documentElement.lang.replace(/^en$/, "en-GB"), { dateStyle: "medium", timeStyle: "short" });
  const rows = all.map(({ at }) => {
    const row = document.createElement("li");
    row.textContent = time.format(at);
    return row;
  });
  place.querySelector("ul").replaceChildren(...rows);
  return all.length;
};

const again = async () => {
  if (sending) return;
  sending = true;
  try {
    const before = await look();
    if (before > 0) await sendAll(TO);
    const left = before > 0 ? await look() : 0;
    // What was kept on this page has arrived.
    if (part && before > 0 && left === 0 && !shown("kept").hidden) location.assign(part.dataset.then);
  } finally {
    sending = false;
  }
};

const answered = () => {
  for (const field of form.querySelectorAll("textarea")) {
    if (field.value.length > 8000) return false;
  }
  const said = new FormData(form);
  const what = said.getAll("what").join("").trim();
  return what !== "" && (said.get("act") !== "concerns.report" || said.get("danger") !== null);
};

const submit = async (event) => {
  if (form.dataset.sent) return;
  if (!answered()) {
    // With a network the page itself says what is missing.
    if (navigator.onLine) return;
    event.preventDefault();
    shown("missing").hidden = false;
    shown("missing").scrollIntoView();
    return;
  }
  event.preventDefault();
  form.dataset.sent = "yes";
  sending = true;
  const native = () => form.submit();
  const at = Date.now();
  const id = crypto.randomUUID();
  try {
    const said = new URLSearchParams(new FormData(form));
    for (const name of ["csrf", "once", "written"]) said.delete(name);
    if (said.get("unnamed") === "yes") said.delete("ticket");
    said.set("once", id);
    said.set("written", String(at));
    await keep(id, said.toString(), at);
  } catch {
    // The device keeps nothing: then it goes as it would without this script.
    return native();
  }
  const [own] = (await waiting()).filter((one) => one.id === id);
  const came = await send(own, TO);
  if (came === "sent") {
    await forget(id);
    await look();
    return location.assign(part.dataset.then);
  }
  if (came === "no") {
    await forget(id);
    return native();
  }
  form.hidden = true;
  shown("missing").hidden = true;
  shown("offline").hidden = true;
  shown("kept").hidden = false;
  shown("later").hidden = came !== "busy";
  shown("kept").focus();
  await look();
  sending = false;
  const worker = await navigator.serviceWorker?.ready;
  await worker?.sync?.register("stairgate-kept").catch(() => {});
};

if (works()) {
  form?.addEventListener("submit", submit);
  const network = () => {
    if (part && shown("kept").hidden) shown("offline").hidden = navigator.onLine;
  };
  network();
  addEventListener("offline", network);
  addEventListener("online", () => {
    network();
    again();
  });
  setInterval(again, 15000);
  again();
}
