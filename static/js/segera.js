/* The first thing on the list: an address that asks something will need the index, so fetch it at once, or of a large
   one the words with the letters that the question begins with. */
"use strict";
(() => {
  if (globalThis.segera) return; // the engine was first and asks for itself
  const { akar, semua, dasar } = document.getElementById("indeks").dataset;
  const asked = new URLSearchParams(location.search).get("q") || "";
  const letters = new Set((asked.toLowerCase().match(/[a-z0-9]{3,}/g) || []).map((word) => word[0]));
  const paths = semua ? [semua] : [...letters].slice(0, 4).map((letter) => `${dasar}bentuk-${letter}.json`);
  globalThis.segera = new Map();
  if (location.search.length > 1) for (const path of paths) {
    // Read to its end, or an answer that nobody needs would hold its connection.
    const answer = fetch(akar + path).then(async (response) => {
      const text = await response.text();
      return { ok: response.ok, json: () => JSON.parse(text) };
    });
    answer.catch(() => {}); // whoever needs it asks again, and says so
    globalThis.segera.set(path, answer);
  }
})();
