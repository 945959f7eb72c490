import { full } from "../parts.js";

export default class {
  data() {
    return { permalink: "robots.txt", eleventyExcludeFromCollections: true };
  }

  render() {
    return `User-agent: *
Sitemap: ${full("sitemap.xml")}
`;
  }
}
