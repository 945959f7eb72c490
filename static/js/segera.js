/* The first thing on the list: an address that asks something will need the index, so fetch it at once. */
"use strict";
(() => {
  const { akar, semua } = document.getElementById("indeks").dataset;
  if (semua && location.search.length > 1) globalThis.segera = fetch(akar + semua);
})();
