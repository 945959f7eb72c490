import { base, escape, list, place, row } from "../parts.js";

const pathOf = (number) => (number ? `inovasi/halaman/${number + 1}/` : "inovasi/");

function choices(data) {
  const found = data.collections.istilah;
  const count = (facet, term) => (found.get(`${facet.key}/${term.slug}`) ?? []).length;
  return `<aside class="saringan" id="saring" aria-label="Saringan">
${list(data.kosakata.filter((facet) => facet.key !== "tahun"), (facet) => `<details class="faset"><summary>${escape(facet.label)}</summary>
<ul>
${list(facet.terms.filter((term) => count(facet, term)).sort((one, other) => count(facet, other) - count(facet, one)), (term) => `<li><a href="${place(`${facet.path}/${term.slug}/`)}">${escape(term.name)}</a> <span class="banyak">${count(facet, term)}</span></li>
`)}</ul>
</details>
`)}</aside>`;
}

export default class {
  data() {
    return {
      pagination: { data: "collections.urut", size: 500, alias: "baris", addAllPagesToCollections: true },
      permalink: (data) => `${pathOf(data.pagination.pageNumber)}index.html`,
    };
  }

  render(data) {
    const number = data.pagination.pageNumber;
    const title = number ? `Semua inovasi, halaman ${number + 1}` : "Semua inovasi";
    let letter = "";
    const rows = list(data.baris, (entry) => {
      const first = entry.data.title[0];
      const head = first === letter ? "" : `<h2 id="huruf-${first.toLowerCase()}">${escape(first)}</h2>
`;
      letter = first;
      return head + row(entry);
    });
    const pages = list(data.pagination.pages.map((_, index) => index), (index) => `<li><a href="${place(pathOf(index))}"${index === number ? ' aria-current="page"' : ""}>${index + 1}</a></li>
`);
    const main = `<h1>${escape(title)}</h1>
${number ? "" : choices(data)}
${rows}
<nav class="halaman" aria-label="Halaman daftar">
<ul>
${pages}</ul>
</nav>`;
    return base(data, title, "Daftar inovasi menurut abjad.", main);
  }
}
