/* Suggestions under the search box of home and of the page for what is not there: plain links, reached with Tab. */
"use strict";
(() => {
// A list that became shorter: its first page is where what was sought still is.
const FURTHER = /halaman\/\d+\/$/;
if (FURTHER.test(location.pathname)) location.replace(location.pathname.replace(FURTHER, ""));
const begin = () => {
  const { index, tokens, says, say } = pencarian;
  const box = document.getElementById("cari"), panel = document.getElementById("saran"), said = document.getElementById("banyak-saran");
  const list = panel.querySelector("ul"), MOST_ENTRIES = 5, MOST_TERMS = 3, PAUSE = 120;
  let turn = 0, timer = 0;

  const named = (term) => says.istilah[term] || term;
  const link = (name, path, kind) => {
    const item = document.createElement("li"), anchor = document.createElement("a"), small = document.createElement("span");
    anchor.href = path;
    anchor.textContent = name;
    small.textContent = kind;
    anchor.append(" ", small);
    item.append(anchor);
    return item;
  };
  const close = () => {
    turn++;
    panel.hidden = true;
    said.textContent = "";
  };
  const suggest = async () => {
    const mine = ++turn, words = tokens(box.value);
    if (!words.length) return close();
    const { hits } = await index.search(box.value);
    const entries = await Promise.all(hits.slice(0, MOST_ENTRIES).map(([entry]) => index.document(entry)));
    const terms = (await index.part("istilah", "0"))
      .filter(([name, , , text]) => words.every((word) => ` ${text} ${tokens(says.istilah[name] || "").join(" ")}`.includes(` ${word}`)))
      .slice(0, MOST_TERMS);
    if (mine !== turn) return;
    list.replaceChildren(
      ...entries.map(([slug, name]) => link(name, `${says.inovasi}${slug}/`, says.jenis)),
      ...terms.map(([name, path, kind]) => link(named(name), says.akar + path, named(kind))),
    );
    const many = list.childElementCount;
    panel.hidden = !many;
    said.textContent = panel.hidden ? says.nihil : say(many > 1 ? "banyak" : "satu", { n: many });
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => suggest().catch(close), PAUSE);
  });
  box.addEventListener("focus", () => index.part("istilah", "0").catch(() => {}), { once: true });
  for (const place of [box, panel])
    place.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || panel.hidden) return;
      event.preventDefault();
      close();
      box.focus();
    });
  document.addEventListener("click", (event) => {
    if (!panel.contains(event.target) && event.target !== box) close();
  });
};
globalThis.pencarian ? begin() : document.getElementById("skrip-inti").addEventListener("load", begin);
})();
