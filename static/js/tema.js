/* Before anything is painted: the theme that was chosen here. Afterwards: the choice in the footer. Storage may be shut. */
"use strict";
(() => {
  const KEY = "tema", THEMES = ["terang", "gelap"], root = document.documentElement;
  const stored = () => {
    try {
      return localStorage.getItem(KEY) || "";
    } catch {
      return "";
    }
  };
  const store = (theme) => {
    try {
      theme ? localStorage.setItem(KEY, theme) : localStorage.removeItem(KEY);
    } catch {
      // The choice then lasts as long as the page.
    }
  };
  const apply = (theme) => (THEMES.includes(theme) ? (root.dataset.tema = theme) : delete root.dataset.tema);
  apply(stored());
  addEventListener("DOMContentLoaded", () => {
    const choice = document.getElementById("tema");
    const show = () => (choice.querySelector(`[value="${root.dataset.tema || ""}"]`).checked = true);
    choice.hidden = false;
    show();
    choice.addEventListener("change", (event) => {
      apply(event.target.value);
      store(event.target.value);
    });
    addEventListener("storage", (event) => {
      if (event.key !== KEY) return;
      apply(event.newValue);
      show();
    });
  });
})();
