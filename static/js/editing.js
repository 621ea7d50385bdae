// The editors' desk: says quietly who else has the row open, sends a form once, however often its button is pressed, and lets nobody
// leave what is typed and not saved without a question.
"use strict";
const place = document.querySelector("[data-presence]");
const form = place?.form ?? place?.closest("form") ?? document.querySelector("#content-main form[method=post]");

const show = sentences => place.replaceChildren(...sentences.map(sentence => {
  const line = document.createElement("p");
  line.textContent = sentence;
  return line;
}));

if (place) {
  const said = () => [...place.children].map(line => line.textContent).join("\n");
  const ask = async () => {
    if (document.hidden) return;
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      const answer = await fetch(place.dataset.presence, { method: "POST", headers: { "X-CSRFToken": token } });
      if (!answer.ok) return;
      const { others } = await answer.json();
      if (others.join("\n") !== said()) show(others);
    } catch { /* Without an answer nothing is claimed anew. */ }
  };
  setInterval(ask, 30000);
}

if (form) {
  // A form that came back with its faults holds what was typed before.
  let sent = false, typed = form.querySelector(".errornote") !== null;
  for (const name of ["input", "change"]) form.addEventListener(name, () => { typed = true; });
  addEventListener("beforeunload", event => { if (typed && !sent) event.preventDefault(); });
  form.addEventListener("submit", event => {
    if (sent) event.preventDefault();
    sent = true;
    // Whoever comes back to the page may send it again.
    setTimeout(() => { sent = false; }, 5000);
  });
  addEventListener("pageshow", () => { sent = false; });
}
