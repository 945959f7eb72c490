import { ROOT, base } from "../parts.js";

export default class {
  data() {
    return { permalink: "404.html", eleventyExcludeFromCollections: true };
  }

  render(data) {
    return base(data, "Halaman tidak ditemukan", "Halaman ini tidak ada.", `<h1>Halaman tidak ditemukan</h1>
<p><a href="${ROOT}">Beranda</a></p>`);
  }
}
