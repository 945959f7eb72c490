// Parts that pages share, as functions; the same marks as our own templates make.
export const ROOT = "/contoh/";
export const HOST = "https://katalog.example";
export const SITE = "Katalog Inovasi Kabupaten Contoh";
const MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(" ");
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };

export const escape = (text) => String(text ?? "").replace(/[&<>"']/g, (sign) => ESCAPES[sign]);
export const place = (path) => ROOT + path.replace(/^\//, "");
export const full = (path) => HOST + place(path);
export const list = (items, write) => items.map(write).join("");
export const iso = (date) => date.toISOString().slice(0, 10);
export const inWords = (date) => `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
export const asData = (value) => `<script type="application/ld+json">${JSON.stringify(value).replaceAll("<", "\\u003c")}</script>`;

const byKey = new WeakMap();

// The terms that an entry carries of a facet.
export function terms(data, key) {
  if (!byKey.has(data.kosakata)) {
    const facets = data.kosakata.map((facet) => [facet.key, new Map(facet.terms.map((term) => [term.slug, { ...term, path: facet.path }]))]);
    byKey.set(data.kosakata, new Map(facets));
  }
  const known = byKey.get(data.kosakata).get(key);
  return data[key].map((slug) => known.get(slug));
}

export const termLink = (term) => `<a href="${place(`${term.path}/${term.slug}/`)}">${escape(term.name)}</a>`;
export const termLinks = (data, key) => terms(data, key).map(termLink).join(", ");

export function row(entry, reason = "") {
  const { data } = entry;
  return `<article class="baris">
<img class="petak" src="${place(`motif/inovasi/${entry.fileSlug}.svg`)}" width="72" height="72" alt="" loading="lazy">
<div>
<h3><a href="${place(entry.url)}">${escape(data.title)}</a></h3>
${data.kepanjangan ? `<p class="kepanjangan">${escape(data.kepanjangan)}</p>` : ""}
<p class="uraian">${escape(data.ringkasan)}</p>
${reason ? `<p class="meta">${escape(reason)}</p>` : ""}
<p class="meta deret">
<span data-isi="urusan">${termLink(terms(data, "urusan")[0])}</span>
<span data-isi="pengelola">${termLinks(data, "pengelola")}</span>
</p>
</div>
<p class="tahun" data-isi="tahun">${escape(data.tahun[0])}</p>
</article>
`;
}

export function groups(facet, members, found) {
  return `<ul class="kelompok">
${list(members, (term) => `<li><a href="${place(`${facet.path}/${term.slug}/`)}">${escape(term.name)}</a> <span class="banyak">${(found.get(`${facet.key}/${term.slug}`) ?? []).length}</span></li>
`)}</ul>
`;
}

function crumbs(data) {
  const trail = [["Beranda", ""]];
  if (data.tags?.includes("entri")) {
    const term = terms(data, "urusan")[0];
    trail.push(["Urusan", "urusan/"], [term.name, `${term.path}/${term.slug}/`]);
  } else if (data.halaman?.term) {
    trail.push([data.halaman.facet.label, `${data.halaman.facet.path}/`]);
  }
  return trail;
}

function breadcrumb(data, title, trail) {
  const items = [...trail, [title, data.page.url]];
  return asData({
    "@context": "https://schema.org",
    "@type": "BreadcrumbList",
    itemListElement: items.map(([name, path], index) => ({ "@type": "ListItem", position: index + 1, name, item: full(path) })),
  });
}

let foot = "";

function footer(data) {
  foot ||= `<footer class="kaki" id="jelajah" tabindex="-1">
<div class="pita"></div>
<div class="lebar">
<div class="indeks">
${list(data.situs.kaki, (part) => `<nav aria-labelledby="kaki-${part.id}"><h2 id="kaki-${part.id}">${escape(part.label)}</h2>
<ul>
${list(part.tautan, (link) => `<li><a href="${place(link.path)}">${escape(link.label)}</a></li>
`)}</ul></nav>
`)}<fieldset class="tema" id="tema" hidden>
<legend>Tampilan</legend>
<label><input type="radio" name="tema" value="" checked> Seperti perangkat</label>
<label><input type="radio" name="tema" value="terang"> Terang</label>
<label><input type="radio" name="tema" value="gelap"> Gelap</label>
</fieldset>
</div>
<div class="kolofon">
<p>Disusun dari sumber publik; bukan situs resmi pemerintah kabupaten. Kontak: Bagian Umum Contoh, surel <a href="mailto:umum@contoh.example">umum@contoh.example</a>. Teks dan data boleh dipakai dengan lisensi <a href="https://creativecommons.org/licenses/by/4.0/deed.id" rel="license noopener">CC BY 4.0</a>. Kode dan isi terbuka: <a href="https://forge.example/contoh/katalog" rel="noopener">repositori</a>.</p>
</div>
</div>
</footer>`;
  return foot;
}

export function base(data, title, description, main, extra = "") {
  const here = data.page.url.slice(1);
  const home = here === "";
  const trail = crumbs(data);
  const current = (path) => (here === path ? ' aria-current="page"' : here.startsWith(path) ? ' aria-current="true"' : "");
  return `<!DOCTYPE html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self'; img-src 'self'; manifest-src 'self'; script-src 'self'; style-src 'self'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${home ? "" : `${escape(title)} – `}${SITE}</title>
<meta name="description" content="${escape(description)}">
<link rel="canonical" href="${full(here)}">
<meta property="og:type" content="${extra ? "article" : "website"}">
<meta property="og:site_name" content="${SITE}">
<meta property="og:title" content="${escape(title)}">
<meta property="og:description" content="${escape(description)}">
<meta property="og:url" content="${full(here)}">
<meta property="og:locale" content="id_ID">
<meta name="theme-color" content="#43102f">
<script src="${place("js/tema.js")}"></script>
<link rel="stylesheet" href="${place("css/1-token.css")}">
<link rel="preload" href="${place("huruf/piazzolla.woff2")}" as="font" type="font/woff2" crossorigin>
<link rel="icon" href="${place("favicon.ico")}" sizes="32x32">
<link rel="icon" href="${place("favicon.svg")}" type="image/svg+xml">
<link rel="apple-touch-icon" href="${place("ikon/apple-touch-icon.png")}">
<link rel="manifest" href="${place("situs.webmanifest")}">
<link rel="alternate" type="application/atom+xml" title="Inovasi terbaru" href="${place("umpan.xml")}">
${extra}
${home ? "" : breadcrumb(data, title, trail)}
</head>
<body>
<a class="lompat" href="#isi">Langsung ke isi</a>
<header class="kepala">
<div class="lebar">
<a class="nama-situs" href="${ROOT}"><img src="${place("motif/tanda.svg")}" width="44" height="44" alt=""> <span><b>Katalog Inovasi</b> <small>Kabupaten Contoh</small></span></a>
<nav aria-label="Utama">
<ul>
${list(data.situs.utama, (link) => `<li><a href="${place(link.path)}"${current(link.path)}>${escape(link.label)}</a></li>
`)}</ul>
</nav>
<a class="ke ke-cari" href="${place("inovasi/")}#cari">Cari</a>
<a class="ke ke-menu" href="#jelajah">Menu</a>
</div>
<div class="pita"></div>
</header>
<main id="isi" tabindex="-1">
<div class="lebar">
${home ? "" : `<nav class="remah" aria-label="Letak halaman">
<ol>
${list(trail, ([label, path]) => `<li><a href="${place(path)}">${escape(label)}</a></li>
`)}<li aria-current="page">${escape(title)}</li>
</ol>
</nav>`}
${main}
</div>
</main>
${footer(data)}
</body>
</html>
`;
}
