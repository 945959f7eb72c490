/* The form for offices: checks by the rules and in the words of `check`, keeps a draft, shows a preview, and writes the file. */
"use strict";
(() => {
const block = document.getElementById("aturan"), rules = JSON.parse(block.textContent), root = block.dataset.akar;
const id = (name) => document.getElementById(name);
const fill = (text, parts) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in parts ? String(parts[name]) : whole));
const squeeze = (text) => text.split(/\s+/).filter(Boolean).join(" ");

/* --- Rules: value -> [what is wrong, how to mend it], or null --- */

const tell = (rule, name, parts = {}, hint = "") => {
  const [wrong, remedy] = rules.kata[name];
  const all = { example: rule.example, ...parts };
  return [fill(rules.salah, { key: rule.key, wrong: fill(wrong, all), hint }), fill(remedy, all)];
};
const told = (name, parts = {}) => rules.pesan[name].map((text) => fill(text, parts));
const empty = (rule, action) => rules.kata.empty.map((text) => fill(text, { key: rule.key, example: rule.example, action }));

/* Likeness of two words as Python's difflib measures it. */
const blocks = (a, b) => {
  let best = 0, endA = 0, endB = 0, row = new Map();
  for (let i = 0; i < a.length; i++) {
    const next = new Map();
    for (let j = 0; j < b.length; j++) {
      if (a[i] !== b[j]) continue;
      const run = (row.get(j - 1) || 0) + 1;
      next.set(j, run);
      if (run > best) [best, endA, endB] = [run, i + 1, j + 1];
    }
    row = next;
  }
  return best ? best + blocks(a.slice(0, endA - best), b.slice(0, endB - best)) + blocks(a.slice(endA), b.slice(endB)) : 0;
};
const likeness = (a, b) => (2 * blocks([...a], [...b])) / ([...a].length + [...b].length);
const knowsFirst = (choice, first) => choice.toLowerCase().split(/\s+/).some((part) => part && (part.startsWith(first) || likeness(part, first) >= 0.6));
const suggest = (word, choices) => {
  const first = (squeeze(word.toLowerCase()).split(" ")[0] || "").replace(/\.+$/, "");
  let best = null, most = 0.6;
  for (const choice of choices) {
    if (!knowsFirst(choice, first)) continue;
    const score = likeness(choice.toLowerCase(), word.toLowerCase());
    if (score > most || (score === most && (best === null || choice.toLowerCase() > best.toLowerCase()))) [best, most] = [choice, score];
  }
  return best === null ? "" : fill(rules.maksud, { guess: "`" + best + "`" });
};

const isDate = (value) => {
  const match = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$/.exec(value);
  if (!match || match[1] < 1900 || match[1] > 2999) return null;
  const [year, month, day] = [+match[1], +(match[2] || 0), +(match[3] || 0)];
  if (match[2] && !(month >= 1 && month <= 12)) return null;
  if (match[3] && !(day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate())) return null;
  return [year, month, day];
};
const two = (number) => String(number).padStart(2, "0");
const asIso = (written) => {
  const match = (name) => new RegExp(`^(?:${rules.pola[name]})$`).exec(written);
  const words = match("eja"), month = words && words[2].length > 2 && rules.bulan.find(([name]) => name.startsWith(words[2]));
  if (month) return [[words[3], month[1], words[1]]];
  const numbers = match("angka"), turned = match("balik"), year = match("tahun");
  if (numbers) return [[numbers[3], numbers[2], numbers[1]], [numbers[3], numbers[1], numbers[2]]];
  if (turned) return [[turned[1], turned[2], turned[3]]];
  return year ? [[year[1]]] : [];
};
const possibleDates = (value) => {
  const written = value.trim().toLowerCase().replace(new RegExp(rules.pola.jam), "");
  const readings = asIso(written).map((parts) => parts.filter(Boolean).map((part, i) => (i ? two(part) : part)).join("-"));
  return [...new Set([written, ...readings].filter(isDate))];
};
const isFuture = ([year, month, day]) => {
  const now = new Date(), today = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  const known = [year, month || today[1], month && day ? day : today[2]];
  const first = known.findIndex((part, i) => part !== today[i]);
  return first >= 0 && known[first] > today[first];
};

const byType = {
  teks: (rule, value) => {
    const text = squeeze(value), count = [...text].length;
    if (count < rule.low || count > rule.high)
      return tell(rule, count < rule.low ? "short" : "long", { count, low: rule.low, high: rule.high, advice: rule.hint });
    if (!/[\p{L}\p{N}]/u.test(text)) return tell(rule, "no_letters");
    const mark = rule.plain && new RegExp(rules.pola.tanda).exec(text);
    return mark ? tell(rule, "markup", { mark: mark[0].trim() }) : null;
  },
  pilihan: (rule, value) => {
    const wanted = value.toLowerCase();
    if (rule.names.some((names) => names.some((name) => name.toLowerCase() === wanted))) return null;
    return tell(rule, "choice", { value, choices: rule.told }, suggest(value, rule.names.flat()));
  },
  tanggal: (rule, value) => {
    const date = isDate(value);
    if (!date) {
      const guess = possibleDates(value).map((one) => "`" + one + "`").join(" atau ");
      return tell(rule, "date", { value }, guess && fill(rules.maksud, { guess }));
    }
    return isFuture(date) ? tell(rule, "future", { value }) : null;
  },
  angka: (rule, value) =>
    /^[0-9]{1,6}$/.test(value) && +value >= rule.low && +value <= rule.high ? null : tell(rule, "number", { low: rule.low, high: rule.high, value }),
  tahun: (rule, value) => byType.angka({ ...rule, low: 1900, high: new Date().getFullYear() }, value),
  alamat: (rule, value) => {
    const begin = rule.schemes.map((scheme) => `${scheme}://`).join(" atau ");
    const match = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?/i.exec(value);
    if (!match || !rule.schemes.includes(match[1].toLowerCase())) return tell(rule, "url_scheme", { begin });
    if (value.length > 600 || /[\s<>"\\^`{|}]|[^\x20-\x7e]/.test(value)) return tell(rule, "url_characters");
    const [host, port] = (match[2] || "").split(/:([0-9]*)$/);
    const sound = new RegExp(`^(?:${rules.pola.host})$`).test(host) && !(port > 65535);
    return sound ? null : tell(rule, "url", { value });
  },
  surel: (rule, value) => (new RegExp(`^(?:${rules.pola.surel})$`).test(value) ? null : tell(rule, "email", { value })),
  daftar: (rule, values) => {
    if (values.length > rule.most) return tell(rule, "too_many", { count: values.length, most: rule.most });
    if (new Set(values).size < values.length) return tell(rule, "repeated");
    return values.map((value) => check({ ...rule, ...rule.item }, value)).find(Boolean) || null;
  },
};
const check = (rule, value) => identity(Array.isArray(value) ? value.join("\n") : value) || byType[rule.type](rule, value);

/* Numbers of identity and family cards: 16 digits in a row, or groups built like one. */
const builtLikeOne = (digits) => {
  const [province, day, month] = [+digits.slice(0, 2), +digits.slice(6, 8), +digits.slice(8, 10)];
  return rules.provinsi.includes(province) && ((day >= 1 && day <= 31) || (day >= 41 && day <= 71)) && month >= 1 && month <= 12;
};
const grouped = (run) => {
  const groups = run.match(/\d+/g);
  return groups.some((_, first) => {
    let digits = "";
    for (let last = first; last < groups.length && digits.length < 16; last++) {
      digits += groups[last];
      if (digits.length === 16 && first !== last) return builtLikeOne(digits);
    }
    return false;
  });
};
const identity = (text) => {
  const bare = text.replace(/(?:https?:\/\/|www\.)\S+/gi, " ");
  const runs = bare.match(new RegExp(`\\d+(?:${rules.pola.sela}\\d+)*`, "g")) || [];
  return runs.some((run) => run.split(/\D+/).some((group) => group.length === 16) || grouped(run)) ? told("identity") : null;
};
const mobile = (text) => new RegExp(`(?:^|\\D)${rules.pola.ponsel}`).test(text) && !/kantor/i.test(text);

/* A section of the body, line by line. */
const TAG = /<\/?([a-zA-Z][\w-]*(?::[a-zA-Z]\w*)?)(?:[\s/][^<>]*)?>|<!--\[if\b/g;
const HARMLESS = new Set(["abbr", "br", "del", "ins", "sub", "sup", "img"]);
const checkBody = (text, sources) => {
  for (const line of text.split("\n")) {
    if (/^#(?!#)/.test(line))
      return told("heading", { sign: "satu tanda `#`", title: line.replace(/^[# ]+|[# ]+$/g, ""), more: " Bila bukan judul, tulis `\\#`." });
    if (/!\[[^\]]*\]\(|<img\b/i.test(line)) return told("body_image");
    for (const [mark, number] of line.matchAll(/\[\^([^\]\s]*)\]/g))
      if (!/^[1-9][0-9]{0,3}$/.test(number) || +number > sources)
        return told("source_mark", { mark, known: sources ? `Entri ini punya ${sources} sumber.` : "Entri ini belum punya kolom `sumber`." });
  }
  const tags = [...text.replace(/`[^`\n]*`/g, "").matchAll(TAG)].filter(([, name]) => !HARMLESS.has((name || "").toLowerCase()));
  if (tags.length) return told("html", { tag: tags[0][0], more: tags.length > 1 ? ` dan ${tags.length - 1} tanda lain` : "" });
  return identity(text);
};

/* --- The form: which control holds what --- */

const form = id("usul"), sections = rules.bagian.map((title, i) => [title, `isi-${i}`]);
const read = (name) => {
  const all = [...form.querySelectorAll(`[name="${name}"]`)];
  if (all[0]?.type === "checkbox") return all.filter((one) => one.checked).map((one) => one.value);
  if (all[0]?.type === "radio") return all.find((one) => one.checked)?.value || "";
  return (all[0]?.value || "").trim();
};
const many = (rule, count) => Array.from({ length: count }, (_, i) => `${rule.key}-${i}`);
/* Every place that can be filled in: its name, its rule, and the step it stands in. */
const places = [];
const place = (rule, name, needed = () => rule.required) => places.push({ rule, name, needed });
const anyPart = (prefix) => () => [...form.querySelectorAll(`[name^="${prefix}-"]`)].some((one) => one.value.trim());
for (const rule of rules.kolom) {
  if (rule.type === "kelompok") for (const part of rule.fields) place(part, `${rule.key}-${part.key}`, part.required ? anyPart(rule.key) : undefined);
  else if (rule.type === "daftar" && rule.item.type === "kelompok")
    for (let i = 0; form.querySelector(`[name^="${rule.key}-${i}-"]`); i++)
      for (const part of rule.item.fields) place(part, `${rule.key}-${i}-${part.key}`, part.required ? anyPart(`${rule.key}-${i}`) : undefined);
  else if (rule.key === "urusan") for (const name of many(rule, 2)) place({ ...rule, ...rule.item, required: false }, name);
  else place(rule, rule.key);
}
for (const [title, name] of sections) places.push({ rule: { key: title, body: true }, name, needed: () => false });
const lines = (text) => text.split("\n").map(squeeze).filter(Boolean);
const valueOf = ({ rule, name }) => (rule.type === "daftar" && rule.item.type === "teks" ? lines(read(name)) : read(name));
const countSources = () => places.filter(({ name }) => /^sumber-\d+-url$/.test(name) && read(name)).length;

const faultOf = (spot) => {
  const { rule, name, needed } = spot, value = valueOf(spot);
  if (rule.body) return value ? checkBody(value, countSources()) : null;
  if (!value.length) return needed() ? empty(rule, "Isi kolom ini") : null;
  if (name === "kontak-telepon" && mobile(value)) return told("mobile");
  if (name === "urusan-1" && value === read("urusan-0")) return tell(rule, "repeated");
  return check(rule, value) || dateOrder(name, value);
};
const DATES = ["uji_coba", "penerapan"];
const dateOrder = (name, value) => {
  const earlier = DATES[DATES.indexOf(name) - 1], before = earlier && read(earlier);
  if (!before || !isDate(before) || !isDate(value)) return null;
  const length = Math.min(before.length, value.length);
  return value.slice(0, length) < before.slice(0, length) ? told("date_order", { later_key: name, later: value, earlier_key: earlier, earlier: before }) : null;
};

const show = (spot) => {
  const fault = faultOf(spot), holder = id(`${spot.name}-galat`), control = id(spot.name);
  const part = control.closest(".isian") || control;
  part.classList.toggle("keliru", Boolean(fault));
  holder.hidden = !fault;
  holder.querySelector("span").textContent = fault ? fault.join(" ") : "";
  for (const one of control.matches("fieldset") ? control.querySelectorAll("input") : [control])
    fault ? one.setAttribute("aria-invalid", "true") : one.removeAttribute("aria-invalid");
  return fault;
};

/* --- The file --- */

const PLAIN = /^[A-Za-z][A-Za-z0-9 ()/.,+-]*$/;
const quoted = (text) => (PLAIN.test(text) && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(text) && !/ $/.test(text) ? text : "'" + text.replaceAll("'", "''") + "'");
const record = (prefix, parts, indent) =>
  parts.map(({ key }) => [key, squeeze(read(`${prefix}-${key}`))]).filter(([, value]) => value).map(([key, value]) => `${indent}${key}: ${/^[0-9-]+$/.test(value) ? value : quoted(value)}`);
const rows = (rule) => {
  const { key } = rule;
  if (rule.type === "kelompok") {
    const inner = record(key, rule.fields, "  ");
    return inner.length ? [`${key}:`, ...inner] : [];
  }
  if (rule.type === "daftar" && rule.item.type === "kelompok") {
    const records = many(rule, 9).map((prefix) => record(prefix, rule.item.fields, "    ")).filter((inner) => inner.length);
    return records.length ? [`${key}:`, ...records.flatMap(([first, ...rest]) => [`  - ${first.trim()}`, ...rest])] : [];
  }
  const value = key === "urusan" ? many(rule, 2).map(read).filter(Boolean) : valueOf({ rule, name: key });
  if (Array.isArray(value)) return value.length ? [`${key}:`, ...value.map((item) => `  - ${quoted(squeeze(item))}`)] : [];
  return value ? [`${key}: ${rule.type === "tanggal" ? value : quoted(squeeze(value))}`] : [];
};
/* The year of the oldest dated source is written by the form, since `check` asks for it. */
const oldest = () => {
  const years = places.filter(({ name }) => /^sumber-\d+-tanggal$/.test(name)).map(({ name }) => read(name).slice(0, 4)).filter(Boolean);
  return years.length ? [`terdokumentasi: ${years.sort()[0]}`] : [];
};
const writeFile = () => {
  const byKey = new Map(rules.kolom.map((rule) => [rule.key, rows(rule)]));
  byKey.set("status", [`status: ${rules.status}`]);
  byKey.set("terdokumentasi", oldest());
  const head = rules.urutan.flatMap((key) => byKey.get(key) || []);
  const body = sections.map(([title, name]) => [title, read(name).replaceAll("\r", "").replace(/[ \t]+$/gm, "")]).filter(([, text]) => text);
  return ["---", ...head, "---", ...body.flatMap(([title, text]) => ["", `## ${title}`, "", text]), ""].join("\n");
};
const slugify = (name) =>
  name.normalize("NFKD").replace(/[^\x00-\x7f]/g, "").toLowerCase().replaceAll("'", "").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 80).replace(/-+$/, "");
/* What there is already: in the page, or, where that is much, by the first letter. Without it `check` still tells. */
const fetched = new Map();
const known = () => rules.ada || fetched.get(slugify(read("nama"))[0]) || [];
const fetchKnown = async () => {
  const letter = slugify(read("nama"))[0];
  if (rules.ada || !letter || fetched.has(letter)) return;
  try {
    const answer = await fetch(`${root}usulkan/ada-${letter}.json`);
    fetched.set(letter, answer.ok ? await answer.json() : []);
    finish();
  } catch {
    // The form works without.
  }
};
const fileName = () => {
  const taken = new Set([...rules.terlarang, ...known().map(([slug]) => slug)]);
  let slug = slugify(read("nama"));
  if (slug.length < 3) slug = `inovasi-${slug}`.replace(/-$/, "-baru");
  if (/^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/.test(slug)) slug = `inovasi-${slug}`;
  const base = slug;
  for (let number = 2; taken.has(slug); number++) slug = `${base.slice(0, 76)}-${number}`;
  return `${slug}.md`;
};

/* --- Preview: everything becomes text, never markup --- */

const element = (tag, text, name) => {
  const one = document.createElement(tag);
  if (name) one.className = name;
  one.append(text);
  return one;
};
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const preview = () => {
  const parts = [element("h3", read("nama") || "Nama inovasi")];
  if (read("kepanjangan")) parts.push(element("p", read("kepanjangan"), "kepanjangan"));
  parts.push(element("p", element("span", capital(rules.status), "lencana lencana-diajukan-pengelola"), "status"));
  parts.push(element("p", read("ringkasan") || "Ringkasan belum ditulis.", read("ringkasan") ? "ringkasan" : "petunjuk"));
  const facts = element("dl", "", "fakta-entri");
  for (const rule of rules.kolom) {
    const value = rule.key === "urusan" ? many(rule, 2).map(read).filter(Boolean) : ["pilihan", "tanggal", "daftar", "alamat"].includes(rule.type) && form.querySelector(`[name="${rule.key}"]`) ? valueOf({ rule, name: rule.key }) : "";
    if (!value.length) continue;
    const row = element("div", element("dt", rule.label));
    row.append(element("dd", capital(Array.isArray(value) ? value.join(", ") : value)));
    facts.append(row);
  }
  if (facts.childElementCount) parts.push(facts);
  for (const [title, name] of sections) {
    const text = read(name);
    if (text) parts.push(element("h4", title), ...text.split(/\n\s*\n/).map((paragraph) => element("p", paragraph)));
  }
  id("lihat").replaceChildren(...parts);
  const dye = rules.rona[read("urusan-0")] || "belum-diketahui", cloth = `${root}motif/urusan/${dye}-kain.svg`;
  if (id("lihat-kain").getAttribute("src") !== cloth) id("lihat-kain").src = cloth;
};
const similar = () => {
  const name = read("nama").toLowerCase(), list = id("mirip").querySelector("ul");
  const near = name.length < 3 ? [] : known().filter(([, other]) => likeness(name, other.toLowerCase()) >= 0.75).slice(0, 5);
  list.replaceChildren(...near.map(([slug, other]) => {
    const link = element("a", other);
    link.href = `${root}inovasi/${slug}/`;
    return element("li", link);
  }));
  id("mirip").hidden = !near.length;
};

/* --- Sending --- */

const LONGEST_ADDRESS = 6000, LONGEST_MAIL = 1800;
const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};
let address = "";
const prepare = () => {
  const text = writeFile(), name = fileName();
  id("nama-berkas").textContent = name;
  id("isi-berkas").textContent = text;
  URL.revokeObjectURL(address);
  address = URL.createObjectURL(new Blob([text], { type: "text/markdown;charset=utf-8" }));
  Object.assign(id("unduh"), { href: address, download: name });
  const forge = id("kirim-repo");
  if (forge) {
    const file = encodeURIComponent(`content/innovations/${name}`), stub = "<!-- Hapus baris ini, lalu tempel isi entri (Ctrl+V). -->";
    const ask = (value) => `${rules.berkas_baru}${rules.berkas_baru.includes("/-/new/") ? "file_name" : "filename"}=${file}&value=${encodeURIComponent(value)}`;
    const long = ask(text).length > LONGEST_ADDRESS;
    forge.href = ask(long ? stub : text);
    id("terlalu-panjang").hidden = !long;
  }
  const mail = id("kirim-surel");
  if (mail) {
    const words = `Berkas usulan terlampir: ${name}\n\n(Lampirkan berkas yang sudah diunduh dari formulir.)\n`;
    const whole = encodeURIComponent(`Usulan inovasi, berkas ${name}:\n\n${text}`);
    const subject = encodeURIComponent(`Usulan inovasi: ${read("nama")}`);
    mail.href = `mailto:${rules.surel}?subject=${subject}&body=${whole.length < LONGEST_MAIL ? whole : encodeURIComponent(words)}`;
  }
};

/* --- Draft: in this browser alone; storage may be shut --- */

const KEY = "usulan", controls = [...form.querySelectorAll("input, textarea, select")];
const save = () => {
  try {
    localStorage.setItem(KEY, JSON.stringify(controls.map((one) => (["checkbox", "radio"].includes(one.type) ? [one.name, one.value, one.checked] : [one.name, one.value]))));
  } catch {
    // The form works without; what is typed then lasts as long as the page.
  }
};
const restore = () => {
  try {
    for (const [name, value, checked] of JSON.parse(localStorage.getItem(KEY) || "[]"))
      for (const one of controls)
        if (one.name === name) checked === undefined ? (one.value = value) : one.value === value && (one.checked = checked);
  } catch {
    // A draft that cannot be read is no draft.
  }
  for (const group of form.querySelectorAll("details.gugus")) group.open = [...group.querySelectorAll("input")].some((one) => one.value);
};

/* --- Steps --- */

const steps = [...form.querySelectorAll(".tahap")], summary = id("semua-galat"), TITLE = document.title;
const spotsOf = (step) => places.filter(({ name }) => step.contains(id(name)));
const summarise = (faults) => {
  summary.hidden = !faults.length;
  if (!faults.length) return;
  summary.querySelector("h2").textContent = `Ada ${faults.length} hal yang perlu diperbaiki`;
  summary.querySelector("ul").replaceChildren(...faults.map(({ name, fault }) => {
    const link = element("a", fault[0]);
    link.href = `#${name}`;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      id(name).closest("details")?.setAttribute("open", "");
      id(name).focus();
    });
    return element("li", link);
  }));
  summary.focus();
};
const judge = (step) => spotsOf(step).map((spot) => ({ name: spot.name, fault: show(spot) })).filter(({ fault }) => fault);
const finish = () => {
  prepare();
  similar();
};
const go = (number, focus) => {
  const wanted = Math.min(Math.max(number, 1), steps.length);
  const blocked = steps.slice(0, wanted - 1).findIndex((step) => spotsOf(step).some(faultOf));
  const now = blocked < 0 ? wanted : blocked + 1;
  for (const [i, step] of steps.entries()) step.classList.toggle("kini", i === now - 1);
  for (const [i, mark] of [...form.querySelectorAll(".langkah i")].entries()) mark.classList.toggle("lewat", i < now);
  id("langkah-ke").textContent = `Langkah ${now} dari ${steps.length}`;
  document.title = `Langkah ${now}: ${TITLE}`;
  if (now !== wanted) return summarise(judge(steps[now - 1]));
  summarise([]);
  if (now === steps.length) {
    finish();
    fetchKnown();
  }
  if (focus) steps[now - 1].querySelector("h2").focus();
};
const stepOf = () => +(/^#langkah-(\d+)$/.exec(location.hash)?.[1] || 1);

form.addEventListener("focusout", (event) => {
  const spot = places.find(({ name }) => name === (event.target.name || ""));
  if (!spot || event.relatedTarget?.name === spot.name) return;
  const twins = { urusan_0: "urusan-1", uji_coba: "penerapan" }[spot.name.replace("-", "_")];
  for (const one of [spot, places.find(({ name }) => name === twins)]) if (one && (one === spot || read(one.name))) show(one);
});
form.addEventListener("input", (event) => {
  const counter = id(`${event.target.id}-hitung`);
  if (counter) {
    const count = [...squeeze(event.target.value)].length, { low, high } = counter.dataset;
    const off = count < low ? `, kurang ${low - count}` : count > high ? `, lebih ${count - high}` : "";
    counter.textContent = `${count} dari ${high} huruf${off}`;
  }
  const spot = places.find(({ name }) => name === event.target.name);
  if (spot && id(spot.name).closest(".keliru, .isian")?.classList.contains("keliru")) show(spot);
  preview();
  save();
});
for (const button of form.querySelectorAll("[data-lanjut]"))
  button.addEventListener("click", () => {
    const faults = judge(button.closest(".tahap"));
    if (faults.length) return summarise(faults);
    location.hash = `langkah-${button.dataset.lanjut}`;
  });
form.addEventListener("submit", (event) => event.preventDefault());
id("salin").addEventListener("click", async () => {
  id("tersalin").textContent = (await copy(writeFile())) ? "Tersalin." : "Peramban tidak mengizinkan; pilih isi berkas di bawah, lalu salin (Ctrl+C).";
});
id("kirim-repo")?.addEventListener("click", () => {
  save();
  copy(writeFile());
});
id("kosongkan").addEventListener("click", () => {
  form.reset();
  save();
  for (const group of form.querySelectorAll("details.gugus")) group.open = false;
  for (const spot of places) if (id(`${spot.name}-galat`)) {
    id(`${spot.name}-galat`).hidden = true;
    (id(spot.name).closest(".isian") || id(spot.name)).classList.remove("keliru");
  }
  preview();
  location.hash = "langkah-1";
  go(1, true);
});
addEventListener("hashchange", () => go(stepOf(), true));

globalThis.usulan = { check, checkBody, identity, possibleDates, slugify, rules, writeFile };
form.hidden = id("sisi").hidden = false;
restore();
preview();
go(stepOf(), false);
})();
