/* Buttons that copy a text of the page. They appear where this runs; without it the text can be marked by hand. */
"use strict";
(() => {
  const told = document.getElementById("tersalin");
  const copy = async (source) => {
    try {
      await navigator.clipboard.writeText(source.value ?? source.textContent);
      return true;
    } catch {
      // No permission, or an address without https: the older way, which leaves the text marked.
      source.select ? source.select() : getSelection().selectAllChildren(source);
      return document.execCommand("copy");
    }
  };
  for (const button of document.querySelectorAll("[data-salin]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      told.textContent = "";
      const copied = await copy(document.getElementById(button.dataset.salin));
      told.textContent = copied ? told.dataset.ya : told.dataset.tidak;
    });
  }
})();
