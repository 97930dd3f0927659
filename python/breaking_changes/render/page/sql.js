// A file's SQL with the failing reference marked.

const LINES_AROUND = 200;

function drawSql(source, place) {
  const title = element("figcaption", { tabindex: "-1" }, code(placeOf(place) || nameOf(place.node)));
  if (place.detail) title.append(` ${place.detail}`);
  const figure = element("figure", { class: "sql" }, title);
  if (source === undefined) {
    figure.append(element("p", { class: "none" }, "Its SQL is not in this report."));
    return figure;
  }
  const lines = source.replace(/\s+$/, "").split(/\r\n|\r|\n/);
  const middle = place.line || 1;
  const first = Math.max(1, middle - LINES_AROUND);
  const last = Math.min(lines.length, middle + LINES_AROUND);
  const list = element("ol", { start: first });
  for (let number = first; number <= last; number += 1) {
    const marked = number === place.line;
    const item = element("li", { class: marked ? "marked" : null, value: number });
    item.append(...(marked ? markLine(lines[number - 1], place) : [lines[number - 1] || "\u200b"]));
    list.append(item);
  }
  const label = `SQL of ${nameOf(place.node)}`;
  const body = element("pre", { tabindex: "0", role: "group", "aria-label": label }, list);
  figure.append(body);
  const target = list.querySelector(".marked");
  if (target) requestAnimationFrame(() => (body.scrollTop = target.offsetTop - body.clientHeight / 2));
  return figure;
}

// The column's name where the helper found the reference, else wherever it stands on the line.
function markLine(line, { column, mark }) {
  const names = column ? column.split(".") : [];
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const spans = [];
  if (escaped.length) {
    const pattern = new RegExp(`(?<![\\w$])(?:${escaped.join("|")})(?![\\w$])`, "gi");
    for (const match of line.matchAll(pattern)) spans.push([match.index, match.index + match[0].length]);
  }
  const exact = mark ? spans.filter(([from]) => from >= mark - 1).slice(0, 1) : [];
  const chosen = exact.length ? exact : spans;
  if (!chosen.length) return [element("mark", {}, line || " ")];
  const parts = [];
  let position = 0;
  for (const [from, to] of chosen) {
    parts.push(line.slice(position, from), element("mark", {}, line.slice(from, to)));
    position = to;
  }
  parts.push(line.slice(position));
  return parts;
}
