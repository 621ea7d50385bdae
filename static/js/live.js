// A list that answers while the question is being asked: results, counts, chips and address change in place, are announced, and
// the way back leads through every question. The answer is the page that the address gives anyone; without a script the button asks.
"use strict";
(() => {
  const form = document.querySelector("form.rail-form[data-live]");
  if (!form) return;
  const PAUSE = 350; // milliseconds after the last letter
  const said = document.createElement("p");
  said.className = "sr";
  said.setAttribute("role", "status");
  form.closest(".listing").append(said);
  let shown = location.pathname + location.search, request = null, waiting = 0, typing = "";

  const question = () => {
    const asked = [...new FormData(form)].filter(([, value]) => value.trim());
    const query = new URLSearchParams(asked).toString();
    return form.getAttribute("action") + (query ? `?${query}` : "");
  };
  const key = field => field.type === "checkbox" || field.type === "radio" ? `${field.name}=${field.value}` : field.name;
  const named = (place, wanted) => [...place.elements].find(field => key(field) === wanted);

  // The form keeps what is open, where the reader is, and letters that were typed since it was asked.
  const renew = fresh => {
    const at = form.contains(document.activeElement) ? document.activeElement : null;
    const kept = at && { key: key(at), value: at.value, from: at.selectionStart, to: at.selectionEnd, isText: at.matches("[type=search],[type=text]") };
    const summaries = [...form.querySelectorAll("details")];
    const open = summaries.filter(one => one.open).map(one => one.querySelector("input")?.name);
    const onSummary = at?.tagName === "SUMMARY" ? at.parentElement.querySelector("input")?.name : null;
    form.replaceChildren(...document.adoptNode(fresh).childNodes);
    for (const one of form.querySelectorAll("details")) {
      const name = one.querySelector("input")?.name;
      if (open.includes(name)) one.open = true;
      if (onSummary && name === onSummary) one.querySelector("summary").focus({ preventScroll: true });
    }
    if (!kept || onSummary) return;
    const field = kept.key ? named(form, kept.key) : form.querySelector("[type=submit]");
    if (kept.isText && field) field.value = kept.value;
    if (!field || field.disabled) return form.closest(".listing").querySelector("h1").focus({ preventScroll: true });
    field.focus({ preventScroll: true });
    if (kept.isText) field.setSelectionRange(kept.from, kept.to);
  };

  // Where the filters cover the results, their button says how many there are.
  const count = () => {
    const button = form.querySelector(".rail-end [type=submit]");
    const number = document.querySelector("#results .bar b, #results .empty") ?? null;
    const shown = document.createElement("span");
    shown.className = "count";
    shown.textContent = number?.matches("b") ? number.textContent : number ? "0" : "";
    button.querySelector(".count")?.remove();
    form.closest("details").classList.add("in-place");
    if (shown.textContent) button.append(" ", shown);
  };

  const show = (page, focus) => {
    document.title = page.title;
    for (const old of document.querySelectorAll("[data-live]")) {
      const fresh = page.querySelector(`[data-live="${old.dataset.live}"]`);
      if (!fresh) continue;
      if (old === form) {
        // What is wrong with a question stands beside its field.
        if (fresh.closest("details").open) form.closest("details").open = true;
        renew(fresh);
      }
      else old.replaceChildren(...document.adoptNode(fresh).childNodes);
    }
    const results = document.getElementById("results");
    results.removeAttribute("aria-busy");
    results.querySelector("h1").tabIndex = -1;
    said.textContent = results.querySelector(".bar [role=status], .empty b, .unanswerable, [role=alert]")?.textContent.trim() ?? "";
    count();
    if (focus) (focus(results) ?? results.querySelector("h1")).focus({ preventScroll: true });
  };

  const ask = (address, { history: step = "push", focus = null } = {}) => {
    clearTimeout(waiting);
    request?.abort();
    if (address === shown) return document.getElementById("results").removeAttribute("aria-busy");
    const own = request = new XMLHttpRequest();
    own.open("GET", address);
    own.responseType = "document";
    own.onload = () => {
      if (!own.response?.getElementById("results")) return location.assign(address);
      shown = address;
      if (step === "push") history.pushState(null, "", address);
      if (step === "replace") history.replaceState(null, "", address);
      show(own.response, focus);
    };
    own.onerror = () => location.assign(address);
    document.getElementById("results").setAttribute("aria-busy", "true");
    own.send();
  };

  form.addEventListener("change", event => {
    if (event.target.matches("[type=search]")) return;
    typing = "";
    ask(question());
  });
  form.addEventListener("input", event => {
    if (!event.target.matches("[type=search]")) return;
    clearTimeout(waiting);
    // One word is one step back, however many letters it took.
    waiting = setTimeout(() => {
      ask(question(), { history: typing === event.target.name ? "replace" : "push" });
      typing = event.target.name;
    }, PAUSE);
  });
  form.addEventListener("submit", event => {
    event.preventDefault();
    typing = "";
    const rail = form.closest("details");
    const isTyping = document.activeElement.matches("[type=search],[type=text]") && form.contains(document.activeElement);
    ask(question());
    // Whoever types goes on typing; the button leads to the results, which may stand far above it.
    if (getComputedStyle(rail.firstElementChild).display !== "none") rail.open = false;
    else if (isTyping) return;
    const results = document.getElementById("results");
    results.querySelector("h1").tabIndex = -1;
    results.querySelector("h1").focus({ preventScroll: true });
    results.querySelector("h1").scrollIntoView();
  });
  document.addEventListener("click", event => {
    const link = event.target.closest("#results .chips a, #results .bar a");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    typing = "";
    const place = link.closest(".chips") ? ".chips a" : ".bar a";
    const index = [...document.querySelectorAll(`#results ${place}`)].indexOf(link);
    ask(link.pathname + link.search, { focus: results => { const left = results.querySelectorAll(place); return left[Math.min(index, left.length - 1)]; } });
  });
  window.addEventListener("popstate", () => {
    const address = location.pathname + location.search;
    if (address !== shown) ask(address, { history: "" });
  });
})();
