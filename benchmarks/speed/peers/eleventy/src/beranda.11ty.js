import { base, escape, groups, list, row } from "../parts.js";

export default class {
  data() {
    return { permalink: "index.html", title: "Katalog Inovasi Kabupaten Contoh" };
  }

  render(data) {
    const all = data.collections.urut;
    const shown = data.kosakata.filter((facet) => ["urusan", "tahun", "kantor", "kecamatan"].includes(facet.key));
    const newest = [...all].sort((one, other) => other.data.ditambahkan - one.data.ditambahkan).slice(0, 5);
    const main = `<h1>${all.length} inovasi Contoh dari sumber publik</h1>
<p class="pengantar">${escape(data.situs.ringkasan)}</p>
${list(shown, (facet) => `<section class="bagian"><div class="pinggir"><h2>${escape(facet.title)}</h2></div>
<div>${groups(facet, facet.terms, data.collections.istilah)}</div></section>
`)}<section class="bagian" aria-labelledby="terbaru">
<div class="pinggir"><h2 id="terbaru">Paling baru</h2></div>
<div>
${list(newest, (entry) => row(entry))}</div>
</section>`;
    return base(data, data.title, data.situs.ringkasan, main);
  }
}
