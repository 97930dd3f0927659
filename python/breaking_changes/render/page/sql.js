// A file's SQL with the failing reference marked.

const LINES_AROUND = 200;

function drawSql(source, place, names) {
  const title = element("figcaption", { tabindex: "-1" }, code(placeOf(place) || names[place.node] || nameOf(place.node)));
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
    const line = lines[number - 1];
    const spans = number === place.line ? findNames(line, place) : null;
    const parts = spans ? markSpans(line, spans) : [line || "\u200b"];
    const kind = spans ? `marked ${place.verdict || "breaks"}` : null;
    list.append(element("li", { class: kind, value: number }, ...parts));
  }
  const label = `SQL of ${names[place.node] || nameOf(place.node)}`;
  const body = element("pre", { tabindex: "0", role: "group", "aria-label": label }, list);
  figure.append(body);
  const target = list.querySelector(".marked");
  if (target) requestAnimationFrame(() => (body.scrollTop = target.offsetTop - body.clientHeight / 2));
  return figure;
}

// Where the names stand on the line: the reference that the helper found, else wherever they are. A
// consumer's line is marked without them too, as a whole when it breaks; null when nothing is to mark.
function findNames(line, { names, mark, verdict }) {
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`(?<![\\w$])(?:${escaped.join("|")})(?![\\w$])`, "gi");
  const matches = names.length ? [...line.matchAll(pattern)] : [];
  const spans = matches.map((match) => [match.index, match.index + match[0].length]);
  const exact = mark ? spans.filter(([from]) => from >= mark - 1).slice(0, 1) : [];
  if (exact.length) return exact;
  if (spans.length) return spans;
  if (!verdict) return null;
  return verdict === "breaks" ? [[0, line.length]] : [];
}

function markSpans(line, spans) {
  const parts = [];
  let position = 0;
  for (const [from, to] of spans) {
    parts.push(line.slice(position, from), element("mark", {}, line.slice(from, to)));
    position = to;
  }
  parts.push(line.slice(position));
  return parts;
}
