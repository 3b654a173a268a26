// Makes pages quicker to use. Each page works without it.
import { initAll } from "asset:govuk.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// The rest of the navigation closes by Escape, and when something else is pressed.
for (const more of document.querySelectorAll(".sg-more details")) {
  document.addEventListener("click", (event) => {
    if (!more.contains(event.target)) more.open = false;
  });
  more.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !more.open) return;
    more.open = false;
    more.querySelector("summary").focus();
  });
}

// On a phone the filter is folded away until it is asked for.
for (const panel of document.querySelectorAll(".sg-filter")) {
  const content = panel.querySelector(".moj-filter__content");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary sg-filter__toggle";
  button.textContent = panel.getAttribute("aria-label");
  const set = (open) => {
    button.setAttribute("aria-expanded", String(open));
    content.classList.toggle("sg-filter--closed", !open);
  };
  button.addEventListener("click", () => set(button.getAttribute("aria-expanded") !== "true"));
  panel.prepend(button);
  set(panel.querySelector(".moj-filter__selected") !== null);
}

// The keyboard stops only at tables that are wider than their room.
for (const region of document.querySelectorAll(".sg-scroll")) {
  const look = () => {
    region.tabIndex = region.scrollWidth > region.clientWidth ? 0 : -1;
  };
  look();
  new ResizeObserver(look).observe(region);
}

// Where a browser can be told of what waits, it is asked how.
if (document.querySelector(".sg-tell")) {
  import("asset:tell.js");
}

// A signature can be drawn as well as typed. What is sent are its points: x,y x,y;x,y x,y.
for (const part of document.querySelectorAll(".sg-draw")) {
  const pad = part.querySelector("canvas");
  const sent = part.querySelector("input");
  const pen = pad.getContext("2d");
  let strokes = sent.value === "" ? [] : sent.value.split(";").map((stroke) => stroke.split(" "));
  let points = strokes.flat().length;
  const draw = () => {
    pen.clearRect(0, 0, pad.width, pad.height);
    pen.lineWidth = 3;
    pen.lineCap = pen.lineJoin = "round";
    for (const stroke of strokes) {
      pen.beginPath();
      for (const point of stroke) pen.lineTo(...point.split(",").map(Number));
      pen.stroke();
    }
    sent.value = strokes.map((stroke) => stroke.join(" ")).join(";");
  };
  const add = (event) => {
    const box = pad.getBoundingClientRect();
    const at = (place, size, most) => Math.min(most, Math.max(0, Math.round((place / size) * most)));
    const x = at(event.clientX - box.left, box.width, pad.width);
    const y = at(event.clientY - box.top, box.height, pad.height);
    if (points++ < 1500) strokes.at(-1).push(`${x},${y}`);
    draw();
  };
  pad.addEventListener("pointerdown", (event) => {
    pad.setPointerCapture(event.pointerId);
    strokes.push([]);
    add(event);
  });
  pad.addEventListener("pointermove", (event) => {
    if (pad.hasPointerCapture(event.pointerId)) add(event);
  });
  part.querySelector("button").addEventListener("click", () => {
    strokes = [];
    points = 0;
    draw();
  });
  part.hidden = false;
  draw();
}

// Passkeys: the device answers our challenge, and the form is sent with what it said.
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const words = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
for (const form of document.querySelectorAll(".sg-passkey")) {
  const { passkey, host, challenge, user, userName, shownName, has } = form.dataset;
  if (!window.PublicKeyCredential || location.hostname !== host) continue;
  const said = form.querySelector(".sg-passkey__said");
  const fill = (name, buffer) => {
    form.elements.namedItem(name).value = words(buffer);
  };
  form.hidden = false;
  said.textContent = "";
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const asked = { challenge: bytes(challenge), timeout: 120000 };
      if (passkey === "get") {
        const publicKey = { ...asked, rpId: host, userVerification: "required" };
        const { rawId, response } = await navigator.credentials.get({ publicKey });
        fill("data", response.authenticatorData);
        fill("signature", response.signature);
        fill("client", response.clientDataJSON);
        fill("id", rawId);
      } else {
        const publicKey = {
          ...asked,
          rp: { id: host, name: "Stairgate" },
          user: { id: bytes(user), name: userName, displayName: shownName },
          pubKeyCredParams: [-7, -257].map((alg) => ({ type: "public-key", alg })),
          authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
          excludeCredentials: has.split(" ").filter(Boolean).map((id) => ({ type: "public-key", id: bytes(id) })),
          attestation: "none",
        };
        const { rawId, response } = await navigator.credentials.create({ publicKey });
        fill("data", response.attestationObject);
        fill("client", response.clientDataJSON);
        fill("id", rawId);
      }
      form.submit();
    } catch {
      said.textContent = "This did not work. Try again, or use another way.";
    }
  });
}

// A page that nobody sits at covers itself; a kiosk clears itself, after a warning.
const timer = document.querySelector("[data-lock-after], [data-clear-after]");
if (timer) {
  const clears = timer.dataset.clearAfter !== undefined;
  const after = Number(timer.dataset.lockAfter ?? timer.dataset.clearAfter) * 1000;
  let last = Date.now();
  let warned;
  const touch = () => {
    last = Date.now();
    warned?.remove();
    warned = undefined;
  };
  for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, touch, { passive: true });
  setInterval(() => {
    const idle = Date.now() - last;
    if (clears && idle > after - 15000 && !warned) {
      warned = document.createElement("p");
      warned.className = "sg-kiosk__warning";
      warned.setAttribute("role", "alert");
      warned.textContent = "Are you still there? Touch the screen, or this page clears itself.";
      document.querySelector("main").prepend(warned);
    }
    if (idle <= after) return;
    if (clears && location.pathname !== "/kiosk") location.replace("/kiosk");
    else if (clears) touch();
    else document.documentElement.classList.add("sg-covered");
  }, 1000);
  // It stays covered until the session is open again. What was typed stays underneath: then it is
  // unlocked in a window of its own.
  const covered = () => document.documentElement.classList.contains("sg-covered");
  let typed = false;
  addEventListener("input", () => {
    typed = true;
  });
  addEventListener("pointerdown", () => {
    if (covered() && typed) open("/", "_blank");
    else if (covered()) location.reload();
  });
  addEventListener("focus", async () => {
    if (!covered()) return;
    const answer = await fetch("/account/devices");
    if (!(await answer.text()).includes("data-lock-after")) return;
    document.documentElement.classList.remove("sg-covered");
    touch();
  });
}

// A place on the outline of a body is pressed as well as ticked in the list.
for (const part of document.querySelectorAll(".sg-body")) {
  const boxes = [...part.querySelectorAll("input[type=checkbox]")];
  const places = [...part.querySelectorAll("[data-place]")];
  const look = () => {
    for (const place of places) {
      const box = boxes.find(({ value }) => value === place.dataset.place);
      place.classList.toggle("sg-body__place--chosen", box?.checked === true);
    }
  };
  for (const place of places) {
    place.addEventListener("click", () => boxes.find(({ value }) => value === place.dataset.place)?.click());
  }
  part.addEventListener("change", look);
  part.classList.add("sg-body--pressed");
  look();
}

// A report that could not be sent waits on this device, and goes as soon as there is a network.
const waits = () => {
  try {
    return Number(localStorage.getItem("stairgate-waits")) > 0;
  } catch {
    return false;
  }
};
if (document.querySelector(".sg-keep") || waits()) {
  import("asset:keep.js");
}
if (navigator.serviceWorker) {
  const scope = { scope: "/concerns/", type: "module" };
  navigator.serviceWorker.register("asset:offline.js", scope).catch(() => {});
}
