/* The search engine: reads the index that katalog/search/ writes. docs/SEARCH.md explains both sides. */
"use strict";
(() => {
  const MARKS = /\p{M}/gu;
  const APOSTROPHES = /['\u2018\u2019\u02bc`]/g;
  const K1_IDF = 0.5;
  // What a term counts for, by how it was found.
  const EXACT = 1, PREFIX = 0.8, AFFIX = 0.9, TYPO = 0.6;
  const MOST_TERMS = 24;
  // How many entries one file of documents holds.
  const CHUNK = 25;
  // Entries that score less than this share of the best are noise.
  const TAIL = 0.05;
  const AFFIXES = [/(?:nya|lah|kah|pun)$/, /^(?:di|ke|se|ber|ter|per|pe|be)/, /(?:kan|an|i)$/];
  // me- and pe- swallow or bend the letter that follows.
  const NASALS = [[/^(?:me|pe)ng/, ["", "k"]], [/^(?:me|pe)ny/, ["s"]], [/^(?:me|pe)m/, ["p", "", "m"]],
    [/^(?:me|pe)n/, ["t", "", "n"]], [/^(?:me|ng)/, ["", "k"]], [/^ny/, ["s"]], [/^n/, ["t"]]];

  /** Lower-case ASCII words; the same as katalog/search/tokens.py. */
  const tokens = (text) =>
    text.toLowerCase().replace(APOSTROPHES, "").normalize("NFKD").replace(MARKS, "").match(/[a-z0-9]+/g) || [];

  /** Damerau's distance between two words, or `most` + 1 where it is larger. */
  const distance = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [], last = [], row = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      [before, last, row] = [last, row, [i]];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        const swap = a[i - 1] === b[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + swap);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
        least = Math.min(least, row[j]);
      }
      if (least > most) return most + 1;
    }
    return row[b.length];
  };

  /** Bare words that an unknown one may come from, nearest first. */
  const stripped = (word) => {
    const found = new Set();
    const walk = (form, depth) => {
      if (form.length < 3 || found.has(form)) return;
      found.add(form);
      if (depth === 0) return;
      for (const affix of AFFIXES) walk(form.replace(affix, ""), depth - 1);
      for (const [nasal, letters] of NASALS)
        if (nasal.test(form)) for (const letter of letters) walk(form.replace(nasal, letter), depth - 1);
    };
    walk(word, 3);
    found.delete(word);
    return [...found];
  };

  /** An index, opened by the manifest of the page; `root` is the site's root as an address. */
  const open = (manifest, root) => {
    const stop = new Set(manifest.henti.split(" "));
    const cache = new Map();
    const fetched = (path) => {
      if (!cache.has(path)) {
        globalThis.segera ||= new Map();
        const early = globalThis.segera.get(path);
        globalThis.segera.delete(path); // who asks again had no good answer
        const answer = (early || fetch(root + path)).then((response) => {
          if (!response.ok) throw new Error(path);
          return response.json();
        });
        answer.catch(() => cache.delete(path));
        cache.set(path, answer);
      }
      return cache.get(path);
    };
    /** One part, or undefined where the index has none of that name. */
    const part = async (kind, name) => {
      if (manifest.semua) return (await fetched(/^[bp]/.test(kind) ? manifest.semua : manifest.sisanya))[kind][name];
      return fetched(`${manifest.dasar}${kind}-${name}.json`).catch((error) => {
        if (kind === "bentuk") return undefined; // no word of the index begins with this letter
        throw error;
      });
    };

    const tables = new Map(), loaded = new Map(), places = new Map();
    /** Words that begin with a letter -> terms. */
    const forms = (letter) => {
      if (!tables.has(letter))
        tables.set(letter, part("bentuk", letter).then((text) => {
          const table = new Map();
          let place = 0;
          for (const row of text ? text.split(",") : []) {
            const [form, term] = row.split(":");
            table.set(form, term || form);
            if (!term) places.set(form, place++); // terms come in the order of their postings
          }
          loaded.set(letter, table);
          return table;
        }));
      return tables.get(letter);
    };
    /** The entries of a term as [number, impact] pairs. */
    const postings = async (term) => {
      await forms(term[0]);
      const place = places.get(term), starts = manifest.pos?.[term[0]] || [0];
      const start = starts.filter((first) => first <= place).pop();
      const text = (await part("pos", term[0] + start))[place - start];
      let number = 0;
      return Array.from(text.matchAll(/(\d+)([a-z])/g), ([, step, level]) => [(number += +step), level.charCodeAt() - 97]);
    };

    /** The terms that a typed word stands for: {terms: Map of term -> weight, typo: the word meant, if another}. */
    const lookUp = async (word, last) => {
      const table = await forms(word[0]);
      if (table.has(word)) return { terms: new Map([[table.get(word), EXACT]]) };
      if (last && word.length > 1) {
        const terms = new Map();
        for (const [form, term] of table) if (form.startsWith(word)) terms.set(term, PREFIX);
        if (terms.size) return { terms: new Map([...terms].slice(0, MOST_TERMS)) };
      }
      for (const bare of stripped(word)) {
        const term = (await forms(bare[0])).get(bare);
        if (term) return { terms: new Map([[term, AFFIX]]) };
      }
      const most = word.length > 7 ? 2 : word.length > 3 ? 1 : 0;
      let best = most, near = [];
      for (const [form, term] of most ? table : []) {
        const far = distance(word, form, best);
        if (far < best || (far === best && !near.length)) near = [];
        if (far <= best) near.push([form, term]), (best = far);
      }
      return near.length
        ? { terms: new Map(near.slice(0, 3).map(([, term]) => [term, TYPO])), typo: near[0][0] }
        : { terms: new Map() };
    };

    /** Words as the index knows them: an unknown one that is two known ones is divided, two that are one are joined. */
    const divided = async (words) => {
      const found = [];
      for (const word of words) {
        const table = await forms(word[0]);
        let parts = [word];
        for (let at = 3; !table.has(word) && parts.length < 2 && at + 3 <= word.length; at++)
          if (table.has(word.slice(0, at)) && (await forms(word[at])).has(word.slice(at)))
            parts = [word.slice(0, at), word.slice(at)];
        found.push(...parts);
      }
      return found;
    };

    /** Rank the entries for a query: {hits: [[number, score]], whole: whether any has all words, terms, typos: [[typed, meant]], words}. */
    const search = async (query) => {
      const all = tokens(query);
      const words = all.filter((word) => !stop.has(word));
      const typed = words.length ? words : all;
      await Promise.all(typed.map((word) => forms(word[0]))); // together: each is a round trip
      const asked = [...new Set(await divided(typed))];
      const unfinished = !/\s$/.test(query);
      const scores = new Map(), found = new Set(), typos = [];
      const looked = await Promise.all(asked.map((word) => lookUp(word, unfinished && word === all[all.length - 1])));
      for (let i = 0; i + 1 < asked.length; i++) {
        const term = (await forms(asked[i][0])).get(asked[i] + asked[i + 1]);
        if (term) looked[i].terms.set(term, EXACT), looked[i + 1].terms.set(term, EXACT);
      }
      await Promise.all(looked.map(async ({ terms, typo }, i) => {
        if (typo) typos.push([asked[i], typo]);
        const best = new Map();
        await Promise.all([...terms].map(async ([term, weight]) => {
          found.add(term);
          const pairs = await postings(term);
          const idf = Math.log(1 + (manifest.n - pairs.length + K1_IDF) / (pairs.length + K1_IDF));
          for (const [number, impact] of pairs) best.set(number, Math.max(best.get(number) || 0, weight * idf * impact));
        }));
        for (const [number, score] of best) {
          const sum = scores.get(number) || [0, 0];
          scores.set(number, [sum[0] + score, sum[1] + 1]);
        }
      }));
      const hits = [...scores].map(([number, [sum, count]]) => [number, sum * (count / asked.length) ** 2]);
      hits.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      const least = hits.length ? hits[0][1] * TAIL : 0;
      const whole = hits.some(([number]) => scores.get(number)[1] === asked.length);
      return { hits: hits.filter(([, score]) => score >= least), whole, terms: found, typos, words: asked };
    };

    return {
      search, part, size: manifest.n, ready: () => loaded.size > 0,
      /** The term of a word, as far as its letter has been loaded. */
      term: (word) => loaded.get(word[0])?.get(word),
      /** What a row of results shows, by the entry's number. */
      document: async (number) => (await part("dok", Math.floor(number / CHUNK)))[number % CHUNK],
    };
  };

  const data = document.getElementById("indeks"), words = document.getElementById("kata");
  const index = open(JSON.parse(data.textContent), data.dataset.akar);
  const says = words ? JSON.parse(words.textContent) : {};
  /** What the page says in its language, with values in the places of their letters. */
  const say = (name, values) => says[name].replace(/\{(\w)\}/g, (_, value) => values[value]);
  globalThis.pencarian = { tokens, open, index, root: data.dataset.akar, says, say };
})();
