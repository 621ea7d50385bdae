// What a reader may be looking for, while typing: a combobox over the search box. The form works without it.
"use strict";
for (const form of document.querySelectorAll("form[data-suggestions]")) {
  const field = form.querySelector("[type=search]");
  const list = document.createElement("ul");
  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.label);
  list.hidden = true;
  field.parentElement.append(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  let at = -1, waiting = 0, asked = field.defaultValue.trim(), request = null;

  const choose = index => {
    const options = [...list.children];
    at = options.length ? (index + options.length + 1) % (options.length + 1) : options.length;
    options.forEach((option, own) => option.setAttribute("aria-selected", String(own === at)));
    if (options[at]) {
      field.setAttribute("aria-activedescendant", options[at].id);
      options[at].scrollIntoView({ block: "nearest" });
    } else {
      field.removeAttribute("aria-activedescendant");
      at = -1;
    }
  };
  const shut = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    choose(-1);
  };
  const show = rows => {
    list.replaceChildren(...rows.map((row, index) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${index}`;
      option.setAttribute("role", "option");
      option.dataset.address = row.address;
      const title = document.createElement("span");
      title.textContent = row.title;
      if (row.lang) title.lang = row.lang;
      const kind = document.createElement("small");
      kind.textContent = row.kind;
      option.append(title, " ", kind);
      return option;
    }));
    list.hidden = !rows.length;
    field.setAttribute("aria-expanded", String(rows.length > 0));
    choose(-1);
  };
  const ask = async () => {
    const words = field.value.trim();
    if (words === asked) return;
    asked = words;
    request?.abort();
    if (words.length < 2) return shut();
    request = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.suggestions}?q=${encodeURIComponent(words)}`, { signal: request.signal });
      if (answer.ok) show((await answer.json()).suggestions);
    } catch (error) {
      if (error.name !== "AbortError") shut();
    }
  };

  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 150); });
  field.addEventListener("blur", shut);
  // What was typed before this script came over a slow line.
  if (field === document.activeElement) ask();
  list.addEventListener("pointerdown", event => event.preventDefault());
  list.addEventListener("click", event => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.address);
  });
  field.addEventListener("keydown", event => {
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); return shut(); }
    if (event.key === "Enter" && at >= 0 && !list.hidden) { event.preventDefault(); return location.assign(list.children[at].dataset.address); }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !list.children.length) return;
    event.preventDefault();
    if (list.hidden) {
      list.hidden = false;
      field.setAttribute("aria-expanded", "true");
    }
    choose(step < 0 && at < 0 ? list.children.length - 1 : at + step);
  });
}
