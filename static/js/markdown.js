// Marks and preview of the desk's Markdown fields. The text stays an ordinary field: without this script it is one still.
(() => {
  "use strict";
  const PAUSE = 350;
  const KNOWN = new Set(["p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "h3", "h4", "br", "hr", "sup"]);

  // Through the browser's own editing, so that it can be undone.
  function put(field, start, end, words, from, to) {
    field.focus();
    field.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, words)) field.setRangeText(words, start, end, "end");
    field.setSelectionRange(start + from, start + to);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function around(field, mark, blank) {
    const { selectionStart: start, selectionEnd: end, value } = field;
    const chosen = value.slice(start, end);
    const has = value.slice(start - mark.length, start) === mark && value.slice(end, end + mark.length) === mark;
    const isOwn = mark !== "*" || value[start - 2] !== "*" || value[start - 3] === "*";
    if (has && isOwn) return put(field, start - mark.length, end + mark.length, chosen, 0, chosen.length);
    const words = chosen || blank;
    put(field, start, end, mark + words + mark, mark.length, mark.length + words.length);
  }

  function before(field, mark) {
    const { selectionStart, selectionEnd, value } = field;
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const next = value.indexOf("\n", selectionEnd);
    const end = next < 0 ? value.length : next;
    const lines = value.slice(start, end).split("\n");
    const number = mark === "1. ";
    const all = lines.every((line) => (number ? /^\d+\. /.test(line) : line.startsWith(mark)));
    const bare = lines.map((line) => (number ? line.replace(/^\d+\. /, "") : line.startsWith(mark) ? line.slice(mark.length) : line));
    const words = (all ? bare : bare.map((line, n) => (number ? `${n + 1}. ` : mark) + line)).join("\n");
    put(field, start, end, words, words.length, words.length);
  }

  function link(field, blank) {
    const { selectionStart: start, selectionEnd: end, value } = field;
    const words = value.slice(start, end) || blank;
    put(field, start, end, `[${words}](https://)`, words.length + 3, words.length + 11);
  }

  // The sources that the form cites now, saved or not: [["S39", "S39 Publisher: title"], …].
  function sources() {
    const found = new Map();
    for (const choice of document.querySelectorAll('select[name^="citations-"][name$="-source"]')) {
      const gone = document.querySelector(`input[name="${choice.name.replace(/-source$/, "-DELETE")}"]`);
      const words = choice.selectedOptions[0]?.textContent.trim() || "";
      const code = /^S[1-9][0-9]*/.exec(words);
      if (code && !(gone && gone.checked) && !choice.name.includes("__prefix__")) found.set(code[0], words);
    }
    return [...found];
  }

  function fillSources(list, none) {
    const kept = list.value;
    const options = sources().map(([code, words]) => new Option(words, code));
    list.replaceChildren(...(options.length ? options : [new Option(none, "")]));
    if (options.some((option) => option.value === kept)) list.value = kept;
  }

  function built(node) {
    if (typeof node === "string") return document.createTextNode(node);
    const [tag, address, children] = node;
    if (!KNOWN.has(tag)) return document.createTextNode("");
    const made = document.createElement(tag);
    if (tag === "a" && /^(https?:\/\/|\/)/i.test(address)) made.href = address;
    made.append(...children.map(built));
    return made;
  }

  function previewOf(box, field) {
    const pane = box.querySelector(".markdown-preview");
    const told = box.querySelector(".markdown-told");
    const { preview, empty, failed } = box.dataset;
    let waiting, asked;
    function say(words) {
      const line = document.createElement("p");
      line.className = "help";
      line.textContent = words;
      pane.replaceChildren(line);
    }
    async function show() {
      asked?.abort();
      asked = new AbortController();
      const sent = new URLSearchParams({ text: field.value, sources: sources().map(([code]) => code).join(",") });
      const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
      try {
        const answer = await fetch(preview, { method: "POST", body: sent, headers: { "X-CSRFToken": token }, signal: asked.signal });
        const said = await answer.json();
        if (said.nodes.length) pane.replaceChildren(...said.nodes.map(built));
        else say(empty);
        told.replaceChildren(...said.told.map((words) => Object.assign(document.createElement("p"), { textContent: words })));
      } catch (error) {
        if (error.name !== "AbortError") say(failed);
      }
    }
    return (atOnce) => {
      clearTimeout(waiting);
      if (!pane.hidden) waiting = setTimeout(show, atOnce ? 0 : PAUSE);
    };
  }

  // One stop of the Tab key; arrows lead on, as in every bar of buttons.
  function walkable(bar) {
    const stops = [...bar.querySelectorAll("button, select")];
    stops.forEach((stop, n) => { stop.tabIndex = n ? -1 : 0; });
    bar.addEventListener("keydown", (event) => {
      const at = stops.indexOf(document.activeElement);
      const step = { ArrowRight: 1, ArrowLeft: -1, Home: -at, End: stops.length - 1 - at }[event.key];
      if (step === undefined || at < 0) return;
      event.preventDefault();
      const next = stops[(at + step + stops.length) % stops.length];
      stops.forEach((stop) => { stop.tabIndex = stop === next ? 0 : -1; });
      next.focus();
    });
    return stops;
  }

  function enliven(box) {
    const field = box.querySelector("textarea");
    const bar = box.querySelector(".markdown-bar");
    const list = bar.querySelector("select");
    const toggle = bar.querySelector(".markdown-toggle");
    const refresh = previewOf(box, field);
    const { words, noSources } = box.dataset;
    walkable(bar);
    bar.hidden = false;
    fillSources(list, noSources);
    list.addEventListener("focus", () => fillSources(list, noSources));
    list.addEventListener("pointerdown", () => fillSources(list, noSources));
    bar.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.around) around(field, button.dataset.around, words);
      else if (button.dataset.before) before(field, button.dataset.before);
      else if ("link" in button.dataset) link(field, words);
      else if ("cite" in button.dataset) {
        if (!list.value) fillSources(list, noSources);
        const mark = list.value && `[^${list.value}]`;
        if (mark) put(field, field.selectionEnd, field.selectionEnd, mark, mark.length, mark.length);
      }
    });
    field.addEventListener("keydown", (event) => {
      const mark = { b: "**", i: "*" }[event.key.toLowerCase()];
      if (!mark || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      around(field, mark, words);
    });
    field.addEventListener("input", () => refresh(false));
    toggle.addEventListener("click", () => {
      const pane = box.querySelector(".markdown-preview");
      pane.hidden = !pane.hidden;
      toggle.setAttribute("aria-expanded", String(!pane.hidden));
      refresh(true);
    });
  }

  const start = () => document.querySelectorAll(".markdown").forEach(enliven);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
