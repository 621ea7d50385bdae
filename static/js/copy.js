// A button beside each sentence of a citation that puts it on the clipboard. Without a script, or a clipboard, the sentence is there to be selected.
"use strict";
for (const box of document.querySelectorAll("details[data-copy]")) {
  if (!navigator.clipboard) break;
  const said = document.createElement("p");
  said.className = "sr";
  said.setAttribute("role", "status");
  box.lastElementChild.append(said);
  for (const sentence of box.querySelectorAll(".to-copy")) {
    const style = sentence.previousElementSibling;
    const button = document.createElement("button");
    const words = document.createElement("span");
    const which = document.createElement("span");
    button.type = "button";
    which.className = "sr";
    which.textContent = style.textContent;
    words.textContent = box.dataset.copy;
    button.append(words, which);
    style.append(button);
    let back = 0;
    button.addEventListener("click", async () => {
      said.textContent = "";
      clearTimeout(back);
      try {
        await navigator.clipboard.writeText(sentence.textContent.trim());
        said.textContent = words.textContent = box.dataset.copied;
        back = setTimeout(() => { words.textContent = box.dataset.copy; }, 3000);
      } catch {
        getSelection().selectAllChildren(sentence);
        said.textContent = box.dataset.selected;
      }
    });
  }
}
