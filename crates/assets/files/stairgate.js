// Makes pages quicker to use. Each page works without it.
import { initAll } from "asset:govuk.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

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
