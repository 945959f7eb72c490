import { base, escape, groups, list, place, row, termLinks, terms } from "../parts.js";

function index({ facet }, data) {
  const found = data.collections.istilah;
  const kinds = [...new Set(facet.terms.map((term) => term.group))];
  return `<h1>${escape(facet.title)}</h1>
<p class="pengantar">${escape(facet.note)}</p>
${list(kinds, (kind) => `<section class="bagian"><div class="pinggir"><h2>${escape(kind)}</h2></div>
<div>${groups(facet, facet.terms.filter((term) => term.group === kind), found)}</div></section>
`)}`;
}

function table(entries) {
  const kinds = Map.groupBy ? Map.groupBy(entries, kindOf) : grouped(entries);
  return `<div class="tabel-inovasi">
<table>
<thead><tr><th scope="col">Inovasi</th><th scope="col">Pengelola</th><th scope="col">Kecamatan</th><th scope="col" class="rata-kanan">Tahun</th></tr></thead>
${list([...kinds], ([kind, members]) => `<tbody>
<tr><th scope="rowgroup" colspan="4">${escape(kind)} <span class="banyak">${members.length}</span></th></tr>
${list(members, line)}</tbody>
`)}</table>
</div>`;
}

const kindOf = (entry) => entry.data.golongan;

function grouped(entries) {
  const kinds = new Map();
  for (const entry of entries) kinds.set(kindOf(entry), [...(kinds.get(kindOf(entry)) ?? []), entry]);
  return kinds;
}

const line = (entry) => `<tr>
<th scope="row"><span class="nama-petak"><img class="petak" src="${place(`motif/inovasi/${entry.fileSlug}.svg`)}" width="48" height="48" alt="" loading="lazy"><span><a href="${place(entry.url)}">${escape(entry.data.title)}</a>${entry.data.kepanjangan ? ` <small>${escape(entry.data.kepanjangan)}</small>` : ""}</span></span></th>
<td>${termLinks(entry.data, "pengelola")}</td>
<td>${terms(entry.data, "kecamatan").map((term) => escape(term.name)).join(", ")}</td>
<td class="rata-kanan">${escape(entry.data.tahun[0])}</td>
</tr>
`;

function term({ facet, term: { name, slug, note } }, data) {
  const entries = data.collections.istilah.get(`${facet.key}/${slug}`) ?? [];
  const rows = !entries.length
    ? '<div class="catatan"><p><b>Belum ada inovasi di sini dalam katalog ini</b></p></div>'
    : facet.key === "urusan"
      ? table(entries)
      : `<section class="bagian" aria-labelledby="daftar">
<div class="pinggir"><h2 id="daftar">${entries.length} inovasi</h2></div>
<div>
${list(entries, (entry) => row(entry))}</div>
</section>`;
  return `<h1>${escape(name)}</h1>
<p class="pengantar">${escape(note)}</p>
${rows}
<p class="tepi-atas"><a href="${place(`${facet.path}/`)}">${escape(facet.label)} lainnya</a></p>`;
}

// One page for each facet, and one for each of its terms.
export default class {
  data() {
    return {
      pagination: {
        data: "kosakata",
        size: 1,
        alias: "halaman",
        addAllPagesToCollections: true,
        before: (facets) => facets.flatMap((facet) => [{ facet }, ...facet.terms.map((each) => ({ facet, term: each }))]),
      },
      permalink: ({ halaman: { facet, term: each } }) => `${facet.path}/${each ? `${each.slug}/` : ""}index.html`,
    };
  }

  render(data) {
    const { halaman } = data;
    const title = halaman.term ? halaman.term.name : halaman.facet.title;
    return base(data, title, halaman.term?.note ?? halaman.facet.note, (halaman.term ? term : index)(halaman, data));
  }
}
