/* The list of all innovations, made searchable: box, facets with live counts, chips, order, state in the address. */
"use strict";
(() => {
const begin = () => {
  const id = (name) => document.getElementById(name);
  const { index, root, tokens, says, say } = pencarian;
  const form = document.querySelector("form.cari"), box = id("cari"), panel = id("saring");
  const all = id("semua"), results = id("hasil"), rows = id("baris"), count = id("jumlah"), notice = id("ejaan");
  const chips = id("keping"), order = id("urut"), more = id("lagi"), none = id("kosong"), save = id("unduh");
  // Where all entries are of one year the page has no boxes for it; nobody sees these.
  const [from, until] = ["dari", "sampai"].map((name) => id(name) || document.createElement("select"));
  const model = id("contoh-baris"), opener = id("buka-saring");
  const PAGE = 20, UNKNOWN = "belum-diketahui", PAUSE = 120;
  const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, says.ribuan.slice(1, -3)); // the locale's own takes 50 ms to start

  /* Facets: the page's links become boxes in place. */
  const facets = new Map();
  for (const part of panel.querySelectorAll("[data-faset]")) {
    const values = new Map(), key = part.dataset.faset;
    for (const item of part.querySelectorAll("[data-nilai]")) {
      const link = item.querySelector("a"), label = document.createElement("label"), check = document.createElement("input");
      Object.assign(check, { type: "checkbox", name: key, value: item.dataset.nilai });
      label.append(check, link.textContent);
      link.replaceWith(label);
      values.set(check.value, { check, item, name: link.textContent, count: item.querySelector(".banyak"), all: item.querySelector(".banyak").textContent });
    }
    facets.set(key, { values, rest: part.querySelector("details"), title: part.dataset.judul });
  }
  for (const part of document.querySelectorAll("[data-skrip]")) part.hidden = part.dataset.skrip === "tanpa";

  /* State: what the address says, and what the controls show. */
  const read = () => {
    const query = new URLSearchParams(location.search), chosen = new Map();
    for (const [key, { values }] of facets) {
      const found = query.getAll(key).filter((slug) => values.has(slug));
      if (found.length) chosen.set(key, new Set(found));
    }
    const year = (key) => (/^\d{4}$/.test(query.get(key)) ? query.get(key) : "");
    return { q: (query.get("q") || "").slice(0, box.maxLength), chosen, from: year("dari"), until: year("sampai"), order: query.get("urut") || "" };
  };
  const address = (state) => {
    const query = new URLSearchParams();
    if (state.q.trim()) query.set("q", state.q);
    for (const [key, slugs] of state.chosen) for (const slug of slugs) query.append(key, slug);
    if (state.from) query.set("dari", state.from);
    if (state.until) query.set("sampai", state.until);
    if (state.order) query.set("urut", state.order);
    const text = String(query);
    return location.pathname + (text && `?${text}`);
  };
  const gather = () => {
    const chosen = new Map();
    for (const [key, { values }] of facets) {
      const slugs = [...values].filter(([, { check }]) => check.checked).map(([slug]) => slug);
      if (slugs.length) chosen.set(key, new Set(slugs));
    }
    return { q: box.value, chosen, from: from.value, until: until.value, order: order.value };
  };
  const show = (state) => {
    box.value = state.q;
    for (const [key, { values, rest }] of facets)
      for (const [slug, { check }] of values) {
        check.checked = Boolean(state.chosen.get(key)?.has(slug));
        if (check.checked && rest?.contains(check)) rest.open = true;
      }
    for (const [field, value] of [[from, state.from], [until, state.until], [order, state.order]]) {
      field.value = value;
      if (field.selectedIndex < 0) field.value = "";
    }
  };
  const isEmpty = (state) => !state.q.trim() && !state.chosen.size && !state.from && !state.until && !state.order;

  /* Filtering, with one counter per facet that leaves out the facet's own choice. */
  const sift = async (hits, state) => {
    const { faset, tahun, baru } = await index.part("kolom", "0");
    const slugsOf = (key, entry) => {
      const { slug, isi } = faset[key], places = isi[entry];
      return Array.isArray(places) ? places.map((place) => slug[place]) : [places < 0 ? UNKNOWN : slug[places]];
    };
    const counts = new Map([...facets].map(([key]) => [key, new Map()])), kept = [];
    for (const [entry, score] of hits) {
      const year = tahun[entry];
      if ((state.from && !(year >= state.from)) || (state.until && !(year && year <= state.until))) continue;
      const missed = [...state.chosen].filter(([key, slugs]) => !slugsOf(key, entry).some((slug) => slugs.has(slug)));
      if (!missed.length) kept.push([entry, score]);
      for (const [key, tally] of counts)
        if (missed.every(([other]) => other === key))
          for (const slug of slugsOf(key, entry)) tally.set(slug, (tally.get(slug) || 0) + 1);
    }
    if (state.order === "terbaru") kept.sort((a, b) => baru[a[0]] - baru[b[0]]);
    if (state.order === "nama" || !state.q.trim() && !state.order) kept.sort((a, b) => a[0] - b[0]);
    return { kept, counts };
  };

  /* Drawing. Everything from the index becomes text, never markup. */
  const marked = (text, found) => {
    const piece = document.createDocumentFragment();
    for (const part of text.split(/([\p{L}\p{M}\p{N}'’]+)/u)) {
      const [word] = tokens(part);
      const hit = word && (found.terms.has(index.term(word)) || found.words.includes(word));
      const node = hit ? document.createElement("mark") : part;
      if (hit) node.textContent = part;
      piece.append(node);
    }
    return piece;
  };
  const named = (term) => says.istilah[term] || term;
  /* A row is a copy of the one in the list of all, or, in catalogues of many pages, made from the index. */
  const twins = all.querySelectorAll(".baris"), whole = twins.length === index.size;
  const row = async (entry, found) => {
    const element = model.content.firstElementChild.cloneNode(!whole);
    if (whole) element.append(...twins[entry].cloneNode(true).childNodes);
    else {
      const [slug, name, expansion, summary, affairs, manager, year, status, field] = await index.document(entry);
      const texts = { a: name, ".kepanjangan": expansion, ".uraian": summary, "[data-isi=urusan]": named(affairs),
        "[data-isi=pengelola]": manager, "[data-isi=tahun]": year && String(year), "[data-isi=status]": named(status) };
      element.querySelector("a").href = `${says.inovasi}${slug}/`;
      const tile = element.querySelector("img"), worn = "urusan" in tile.dataset ? `urusan/${field || UNKNOWN}` : `inovasi/${slug}`;
      tile.src = `${root}motif/${worn}.svg`;
      for (const [place, text] of Object.entries(texts)) {
        const part = element.querySelector(place);
        text ? part.append(text) : part.remove();
      }
    }
    for (const part of found ? element.querySelectorAll("h3 a, .kepanjangan, .uraian") : []) part.replaceChildren(marked(part.textContent, found));
    return element;
  };
  /* Until the index has come, and where it cannot come: the rows of this page that hold the most of the words asked for. */
  const glance = (query) => {
    const asked = tokens(query);
    const held = Array.from(twins, (twin, entry) => {
      const words = tokens(twin.textContent);
      return [entry, asked.filter((word) => words.some((other) => other.startsWith(word))).length];
    });
    const most = Math.max(1, ...held.map(([, many]) => many));
    return held.filter(([, many]) => many === most);
  };
  const button = (text, label, act) => {
    const item = document.createElement("li"), element = document.createElement("button");
    Object.assign(element, { type: "button", textContent: text });
    element.setAttribute("aria-label", label);
    element.addEventListener("click", act);
    item.append(element);
    return item;
  };
  const drop = (change) => () => {
    change();
    go(gather(), true);
    count.focus();
  };
  const drawChips = (state) => {
    const items = [];
    for (const [key, slugs] of state.chosen)
      for (const slug of slugs) {
        const { check, name } = facets.get(key).values.get(slug);
        const text = slug === UNKNOWN ? `${facets.get(key).title}: ${says.tidak_tahu}` : name;
        items.push(button(text, say("hapus", { x: text }), drop(() => (check.checked = false))));
      }
    for (const [field, value, word] of [[from, state.from, says.dari], [until, state.until, says.sampai]])
      if (value) items.push(button(`${word} ${value}`, say("hapus", { x: `${word} ${value}` }), drop(() => (field.value = ""))));
    const many = items.length;
    if (many > 1) items.push(button(says.hapus_semua, says.hapus_semuanya, drop(clear)));
    chips.replaceChildren(...items);
    opener.textContent = many ? say("disaring", { n: many }) : says.saring;
  };
  const clear = () => show({ q: box.value, chosen: new Map(), from: "", until: "", order: order.value });

  let turn = 0, shown = [], found = null;
  const extend = async (mine, upTo) => {
    // In a large catalogue rows come from many files: the best one first, then the others together.
    const wanted = shown.slice(rows.childElementCount, upTo), alone = whole || rows.childElementCount ? 0 : 1;
    for (const part of [wanted.slice(0, alone), wanted.slice(alone)]) {
      const next = await Promise.all(part.map(([entry]) => row(entry, found)));
      if (mine !== turn) return;
      rows.append(...next);
    }
    more.hidden = rows.childElementCount >= shown.length;
    more.textContent = say("lagi", { n: Math.min(PAGE, shown.length - rows.childElementCount) });
  };
  const draw = async (state) => {
    const mine = ++turn;
    drawChips(state);
    all.hidden = !(results.hidden = isEmpty(state));
    if (isEmpty(state)) {
      for (const { values } of facets.values()) for (const { count, item, all } of values.values()) {
        count.textContent = all;
        item.classList.remove("belum");
      }
      return;
    }
    const query = state.q.trim(), needed = state.chosen.size || state.from || state.until || state.order;
    const preview = async (words) => {
      [shown, found] = [glance(query), null];
      rows.replaceChildren();
      count.textContent = words;
      none.hidden = true;
      await extend(mine, PAGE);
    };
    let answer;
    try {
      if (query && whole && !needed && !index.ready()) await preview(say("mencari", { q: query }));
      answer = query ? await index.search(state.q) : null;
      const hits = answer ? answer.hits : Array.from({ length: index.size }, (_, entry) => [entry, 0]);
      const sifted = needed && (await sift(hits, state));
      const { kept } = sifted || { kept: hits };
      if (mine !== turn) return;
      [shown, found] = [kept, answer];
      rows.replaceChildren();
      const what = kept.length ? say(kept.length > 1 ? "banyak" : "satu", { n: number(kept.length) }) : says.nihil;
      count.textContent = query ? say("untuk", { x: what, q: query }) : what;
      const meant = answer?.typos.length ? answer.words.map((word) => (answer.typos.find(([typed]) => typed === word) || [word, word])[1]) : null;
      notice.textContent = [
        meant && say("maksud", { q: meant.join(" ") }),
        answer && kept.length && !answer.whole && says.terdekat,
      ].filter(Boolean).join(" ");
      notice.hidden = !notice.textContent;
      none.hidden = kept.length > 0;
      save.hidden = order.closest("p").hidden = !kept.length;
      none.querySelector("[data-saringan]").hidden = !chips.childElementCount;
      await extend(mine, PAGE);
      const { counts } = sifted || (await sift(hits, state));
      if (mine !== turn) return;
      for (const [key, { values }] of facets) for (const [slug, { count, item, check }] of values) {
        const many = counts.get(key).get(slug) || 0;
        count.textContent = number(many);
        item.classList.toggle("belum", !many && !check.checked);
      }
    } catch (error) {
      if (mine !== turn) return;
      if (query && whole) return preview(says.sebagian);
      count.textContent = says.gagal;
      all.hidden = false;
    }
  };

  /* Going from state to state: typing rewrites the address, everything else is a step that "back" undoes. */
  let typing = false, timer = 0;
  const go = (state, step) => {
    const target = address(state);
    if (target !== location.pathname + location.search) history[step || !typing ? "pushState" : "replaceState"](null, "", target);
    typing = !step;
    return draw(state);
  };
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => go(gather(), false), PAUSE);
  });
  box.addEventListener("blur", () => (typing = false));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.value) return;
    event.preventDefault();
    box.value = "";
    go(gather(), false);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    go(gather(), true);
    if (!isEmpty(gather())) count.focus();
  });
  panel.addEventListener("change", () => go(gather(), true));
  order.addEventListener("change", () => go(gather(), true));
  more.addEventListener("click", async () => {
    const first = rows.childElementCount;
    await extend(turn, first + PAGE);
    rows.children[first]?.querySelector("a").focus();
  });
  none.querySelector("[data-saringan] button").addEventListener("click", drop(clear));
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    const open = panel.classList.toggle("buka");
    opener.setAttribute("aria-expanded", String(open));
    if (open) panel.querySelector("summary").focus();
  });
  addEventListener("popstate", () => {
    const state = read();
    typing = false;
    show(state);
    draw(state);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  /* The filtered download is the full one with rows left out: same columns, same escaping. */
  save.addEventListener("click", async () => {
    const text = await (await fetch(`${root}data/inovasi.csv`)).text();
    const lines = text.match(/(?:[^"\n]|"[^"]*")*\r?\n/g) || [];
    const slugs = new Set(await Promise.all(shown.map(async ([entry]) => (await index.document(entry))[0])));
    const kept = lines.filter((line, i) => i === 0 || slugs.has(line.slice(0, line.indexOf(","))));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", ...kept.map((line) => line.replace(/^\ufeff/, ""))], { type: "text/csv;charset=utf-8" }));
    link.download = "inovasi-terpilih.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });

  const start = read();
  show(start);
  opener.setAttribute("aria-expanded", "false");
  opener.setAttribute("role", "button");
  if (!isEmpty(start)) draw(start);
  if (location.hash === "#cari") box.focus();
};
globalThis.pencarian ? begin() : document.getElementById("skrip-inti").addEventListener("load", begin);
})();
