// Eleventy's quickest: templates are plain JavaScript, and Markdown goes through no template language first.
const RELATED = 4;

function byName(one, other) {
  return one.data.title < other.data.title ? -1 : one.data.title > other.data.title ? 1 : 0;
}

function sorted(api) {
  return api.getFilteredByTag("entri").sort(byName);
}

// "urusan/kesehatan" -> its entries, A-Z.
function byTerm(entries) {
  const groups = new Map();
  for (const entry of entries) {
    for (const facet of entry.data.kosakata) {
      for (const slug of entry.data[facet.key]) {
        const key = `${facet.key}/${slug}`;
        if (!groups.has(key)) groups.set(key, []);
        groups.get(key).push(entry);
      }
    }
  }
  return groups;
}

// Address -> up to four entries: the next ones of the same manager, then of the same field.
function related(entries) {
  const groups = byTerm(entries);
  const places = new Map();
  for (const [key, group] of groups) group.forEach((entry, index) => places.set(`${key} ${entry.url}`, index));
  const near = new Map();
  for (const entry of entries) {
    const chosen = [];
    for (const facet of ["pengelola", "urusan"]) {
      const slug = entry.data[facet][0];
      const group = groups.get(`${facet}/${slug}`);
      const start = places.get(`${facet}/${slug} ${entry.url}`);
      for (let step = 1; step <= RELATED && step < group.length && chosen.length < RELATED; step += 1) {
        const other = group[(start + step) % group.length];
        if (!chosen.some((each) => each.page === other)) chosen.push({ page: other, reason: slug });
      }
    }
    near.set(entry.url, chosen);
  }
  return near;
}

export default function (config) {
  config.setQuietMode(true);
  config.addPassthroughCopy({ static: "/" });
  config.setServerPassthroughCopyBehavior("passthrough");
  config.addCollection("urut", sorted);
  config.addCollection("istilah", (api) => byTerm(sorted(api)));
  config.addCollection("dekat", (api) => related(sorted(api)));
  return {
    dir: { input: "src", output: "_site" },
    markdownTemplateEngine: false,
    htmlTemplateEngine: false,
    templateFormats: ["md", "11ty.js"],
  };
}
