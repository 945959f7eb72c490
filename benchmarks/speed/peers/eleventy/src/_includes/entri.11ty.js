import { asData, base, escape, full, inWords, iso, list, row, termLinks, terms } from "../../parts.js";

function data(entry) {
  return asData({
    "@context": "https://schema.org",
    "@type": "CreativeWork",
    name: entry.title,
    description: entry.ringkasan,
    url: full(entry.page.url),
    inLanguage: "id",
    license: "https://creativecommons.org/licenses/by/4.0/deed.id",
    isPartOf: { "@type": "WebSite", name: "Katalog Inovasi Kabupaten Contoh", url: full("") },
    keywords: entry.kata_kunci.join(", "),
    about: terms(entry, "urusan").map((term) => term.name),
    spatialCoverage: terms(entry, "kecamatan").map((term) => `Kecamatan ${term.name}, Kabupaten Contoh`),
    citation: entry.sumber.map((source) => ({
      "@type": "CreativeWork",
      name: source.judul,
      publisher: source.penerbit,
      url: source.url,
      datePublished: iso(source.tanggal),
    })),
  });
}

const fact = (label, value) => `<div><dt>${label}</dt><dd>${value}</dd></div>
`;

export default class {
  render(entry) {
    const status = terms(entry, "status")[0];
    const near = entry.collections.dekat.get(entry.page.url) ?? [];
    const title = encodeURIComponent(`Kekeliruan di entri ${entry.title}`);
    const report = encodeURIComponent(`Entri: ${full(entry.page.url)}\n\nYang keliru:\n\nYang benar, dan sumbernya:\n`);
    const main = `<article class="entri">
<header>
<h1>${escape(entry.title)}</h1>
${entry.kepanjangan ? `<p class="kepanjangan">${escape(entry.kepanjangan)}</p>` : ""}
<p class="status"><span class="lencana">${escape(status.name)}</span> <span>${escape(status.note)}</span></p>
<p class="ringkasan">${escape(entry.ringkasan)}</p>
</header>
<aside aria-label="Yang diketahui">
<dl class="fakta-entri">
${fact("Pengelola", termLinks(entry, "pengelola"))}${fact("Tahapan", termLinks(entry, "tahapan"))}${fact("Mulai diterapkan", inWords(entry.penerapan))}${fact("Terdokumentasi", termLinks(entry, "tahun"))}${fact("Kecamatan", termLinks(entry, "kecamatan"))}${fact("Urusan", termLinks(entry, "urusan"))}${fact("Kelompok", termLinks(entry, "kelompok"))}${fact("Bentuk", termLinks(entry, "bentuk"))}${fact("Jenis", termLinks(entry, "jenis"))}${fact("Kontak", 'Bagian Umum Contoh, surel <a href="mailto:umum@contoh.example">umum@contoh.example</a>')}</dl>
</aside>
<div class="isi-entri">
${entry.content}
<h2 id="sumber">Sumber</h2>
<ol class="sumber">
${list(entry.sumber.map((source, index) => [source, index + 1]), ([source, number]) => `<li id="sumber-${number}">
<a class="luar" rel="noopener nofollow ugc" href="${escape(source.url)}">${escape(source.judul)}</a>
<span class="meta deret"><span>${escape(source.penerbit)}</span> <span>${inWords(source.tanggal)}</span></span>
</li>
`)}</ol>
</div>
</article>
<div class="tiga">
<section aria-labelledby="lengkapi">
<h2 id="lengkapi">Ada yang kurang?</h2>
<ul>
<li><a href="https://forge.example/contoh/katalog/edit/main/content/inovasi/${entry.page.fileSlug}.md" rel="noopener">Lengkapi entri ini</a></li>
<li><a href="https://forge.example/contoh/katalog/issues/new?title=${title}&amp;body=${report}" rel="noopener">Laporkan kekeliruan</a></li>
</ul>
</section>
</div>
${near.length ? `<section class="bagian" aria-labelledby="terkait">
<div class="pinggir"><h2 id="terkait">Entri terkait</h2></div>
<div>
${list(near, (each) => row(each.page, each.reason))}</div>
</section>` : ""}`;
    return base(entry, entry.title, entry.ringkasan, main, data(entry));
  }
}
