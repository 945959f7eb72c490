import { SITE, escape, full, list, terms } from "../parts.js";

export default class {
  data() {
    return { permalink: "umpan.xml" };
  }

  render(data) {
    const newest = [...data.collections.urut].sort((one, other) => other.data.ditambahkan - one.data.ditambahkan).slice(0, 30);
    return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="id">
<title>Inovasi terbaru – ${SITE}</title>
<id>${full("umpan.xml")}</id>
<link rel="self" type="application/atom+xml" href="${full("umpan.xml")}"/>
<link rel="alternate" type="text/html" href="${full("")}"/>
<updated>2024-12-31T00:00:00Z</updated>
<author><name>${SITE}</name></author>
<rights>CC BY 4.0</rights>
${list(newest, (entry) => `<entry>
<title>${escape(entry.data.title)}</title>
<id>${full(entry.url)}</id>
<link rel="alternate" type="text/html" href="${full(entry.url)}"/>
<updated>${entry.data.ditambahkan.toISOString()}</updated>
<summary>${escape(entry.data.ringkasan)}</summary>
${list(terms(entry.data, "urusan"), (term) => `<category term="${term.slug}" label="${escape(term.name)}"/>`)}
</entry>
`)}</feed>
`;
  }
}
