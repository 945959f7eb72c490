import { base, escape } from "../../parts.js";

export default class {
  render(data) {
    const main = `<h1>${escape(data.title)}</h1>
<div class="isi-entri">
${data.content}
</div>`;
    return base(data, data.title, data.ringkasan, main);
  }
}
