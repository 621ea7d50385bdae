// The editors' desk: a closed part of a form opens when the table of contents leads to it; on a narrow screen every cell says
// what it is; a form that came back leads to what is wrong with it; while a title or a date is typed, entries that look alike are named. Nothing depends on it.
"use strict";
(() => {
  const open = () => {
    const heading = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const closed = heading && heading.closest("details:not([open])");
    if (closed) closed.open = true;
    if (heading) heading.scrollIntoView();
  };
  window.addEventListener("hashchange", open);
  open();

  for (const wrong of document.querySelectorAll(".errorlist")) {
    const closed = wrong.closest("details:not([open])");
    if (closed) closed.open = true;
  }

  // The note at the head names every field that is wrong, and the first of them is where one goes on.
  const note = document.querySelector("#content-main .errornote");
  const wrong = note ? [...document.querySelectorAll("#content-main form .errorlist:not(.nonfield)")].map((list) => {
    const field = list.parentElement.querySelector("input:not([type=hidden]), select, textarea");
    const label = field && (field.labels?.[0]?.textContent ?? field.closest("td")?.dataset.label ?? "").trim().replace(/:$/, "");
    return { field, said: [label, list.textContent.trim()].filter(Boolean).join(": ") };
  }).filter((one) => one.field) : [];
  const reach = (field) => {
    const own = field.classList.contains("select2-hidden-accessible") ? field.nextElementSibling.querySelector(".select2-selection") : field;
    own.focus({ preventScroll: true });
    own.scrollIntoView({ block: "center" });
  };
  if (wrong.length) {
    const list = document.createElement("ul");
    list.className = "wrong";
    for (const { field, said } of wrong) {
      const link = document.createElement("a");
      link.href = `#${field.id}`;
      link.textContent = said;
      link.addEventListener("click", (event) => { event.preventDefault(); reach(field); });
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    note.after(list);
    window.addEventListener("load", () => setTimeout(() => reach(wrong[0].field)));
  }

  for (const table of document.querySelectorAll(".inline-group .tabular table")) {
    for (const head of table.querySelectorAll("th[class*=column-]")) {
      const name = [...head.classList].find((one) => one.startsWith("column-")).slice(7);
      for (const cell of table.querySelectorAll(`td.field-${CSS.escape(name)}`)) cell.dataset.label = head.textContent.trim();
    }
    const last = table.querySelector("thead th:last-child");
    for (const cell of table.querySelectorAll("td.delete")) if (cell.firstElementChild) cell.dataset.label = last.textContent.trim();
  }

  const hint = document.getElementById("double-hint");
  if (!hint) return;
  const watched = ["title_en", "title_az", "title_uz", "title_ru", "date", "kind", "form", "place"];
  const form = hint.closest("form");
  let timer = 0, asked = "";

  const show = (answer) => {
    const list = document.createElement("ul");
    for (const one of answer.found) {
      const link = document.createElement("a");
      link.href = one.address;
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = one.label;
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    hint.replaceChildren(answer.sentence, list);
    hint.hidden = !answer.found.length;
  };

  const ask = async () => {
    const question = new URLSearchParams({ number: hint.dataset.number });
    for (const name of watched) {
      const field = form.elements.namedItem(name);
      if (field && field.value) question.set(name, field.value);
    }
    if (String(question) === asked) return;
    asked = String(question);
    try {
      const answer = await fetch(`${hint.dataset.address}?${asked}`, { headers: { Accept: "application/json" } });
      if (answer.ok && asked === String(question)) show(await answer.json());
    } catch {
      // Without an answer there is no hint; the warning comes with the save.
    }
  };

  const later = (event) => {
    if (!watched.includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, 600);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
})();
