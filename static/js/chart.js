// The exact values of a chart where a reader points, touches or, with the arrow keys, goes. Everything is readable without it.
"use strict";
for (const svg of document.querySelectorAll("svg.chart")) {
  const spots = [...svg.querySelectorAll(".hits rect")].map(rect => {
    const title = rect.firstElementChild;
    const label = title.textContent;
    title.remove();
    return { rect, label };
  });
  if (!spots.length) continue;
  // Within the picture every mark says its value by itself; one box for all replaces the browser's own.
  svg.querySelectorAll(".pt title").forEach(title => title.remove());
  const upright = svg.dataset.axis === "y";
  const frame = svg.parentElement;
  const box = document.createElement("output");
  box.className = "chart-tip";
  box.hidden = true;
  frame.append(box);
  let at = -1;
  const middle = spot => {
    const own = spot.rect.getBoundingClientRect();
    return upright ? own.top + own.height / 2 : own.left + own.width / 2;
  };
  const show = index => {
    if (at >= 0) spots[at].rect.classList.remove("on");
    at = index;
    box.hidden = index < 0;
    if (index < 0) return;
    const { rect, label } = spots[index];
    rect.classList.add("on");
    box.textContent = label;
    const outer = frame.getBoundingClientRect();
    const own = rect.getBoundingClientRect();
    const half = box.offsetWidth / 2;
    const x = upright ? half : middle(spots[index]) - outer.left;
    box.style.left = `${Math.max(half, Math.min(outer.width - half, x))}px`;
    box.style.top = `${upright ? own.bottom - outer.top : -4}px`;
  };
  const nearest = event => {
    const where = upright ? event.clientY : event.clientX;
    const far = spots.map(spot => Math.abs(middle(spot) - where));
    return far.indexOf(Math.min(...far));
  };
  svg.tabIndex = 0;
  svg.addEventListener("pointermove", event => show(nearest(event)));
  svg.addEventListener("pointerdown", event => show(nearest(event)));
  svg.addEventListener("pointerleave", event => { if (event.pointerType === "mouse") show(-1); });
  svg.addEventListener("focus", () => { if (at < 0 && svg.matches(":focus-visible")) show(spots.length - 1); });
  svg.addEventListener("blur", () => show(-1));
  svg.addEventListener("keydown", event => {
    const last = spots.length - 1;
    const to = { ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1, Home: 0, End: last, Escape: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    show(event.key === "Escape" ? -1 : Math.max(0, Math.min(last, to)));
  });
}
