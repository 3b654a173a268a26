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
