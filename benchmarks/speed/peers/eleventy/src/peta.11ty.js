import { full, list } from "../parts.js";

export default class {
  data() {
    return { permalink: "sitemap.xml" };
  }

  render(data) {
    return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${list(data.collections.all.filter((page) => page.url.endsWith("/")), (page) => `<url><loc>${full(page.url)}</loc></url>
`)}</urlset>
`;
  }
}
