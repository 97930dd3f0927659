// The first screen: each cause on the left, on the right what it breaks and what is undecided.

const MAX_CAUSES = 8;
const MAX_CONSUMERS = 14;

const OUTCOMES = [
  ["breaks", "Breaks"],
  ["unknown", "Undecided"],
  ["changes", "Changes or blocked"],
  ["adapted", "Already adapted"],
];

function drawOverview(data, select) {
  const causes = data.groups.slice(0, MAX_CAUSES);
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  const left = element("div", { class: "column causes" }, element("h3", {}, "What changed"));
  const cards = causes.map((group) => {
    const card = drawCauseCard(group, data, () => select(group.cause, card));
    left.append(card);
    return card;
  });
  const hidden = data.groups.length - causes.length;
  if (hidden > 0) left.append(element("p", { class: "none" }, `and ${plural(hidden, "more cause")} below`));
  const right = element("div", { class: "column outcomes" });
  const edges = [];
  let room = MAX_CONSUMERS;
  for (const [verdict, title] of OUTCOMES) {
    const found = consumersOf(causes, data, verdict);
    if (!found.size) continue;
    right.append(element("h3", {}, `${title} (${found.size.toLocaleString("en")})`));
    // What breaks comes one by one as far as it fits; of the rest the number is what counts.
    const wanted = verdict === "breaks" || verdict === "unknown" ? Math.min(found.size, room) : 0;
    const shown = [...found].slice(0, wanted);
    room -= shown.length;
    for (const [node, { impact, from }] of shown) {
      const box = drawOutcome(node, impact, data, () => select(causes[from[0]].cause, box, node));
      right.append(box);
      edges.push(...from.map((cause) => [cause, box, verdict]));
    }
    const rest = [...found].slice(wanted);
    if (rest.length) {
      const names = rest.slice(0, 3).map(([node]) => data.names[node] || nameOf(node));
      const more = rest.length > 3 ? ` and ${(rest.length - 3).toLocaleString("en")} more` : "";
      const box = element("p", { class: `box sum ${verdict}` }, names.join(", ") + more);
      right.append(box);
      const from = new Set(rest.flatMap(([, one]) => one.from));
      edges.push(...[...from].map((cause) => [cause, box, verdict]));
    }
  }
  if (!edges.length) right.append(element("p", { class: "none" }, "Nothing in this project is touched by it."));
  const canvas = element("div", { class: "canvas" }, svg, left, right);
  const paint = () => {
    const origin = canvas.getBoundingClientRect();
    svg.setAttribute("width", origin.width);
    svg.setAttribute("height", origin.height);
    svg.replaceChildren(
      ...edges.map(([cause, box, verdict]) => {
        const from = cards[cause].getBoundingClientRect();
        const to = box.getBoundingClientRect();
        const start = { x: from.right - origin.left, y: from.top + from.height / 2 - origin.top };
        return curve(start, { x: to.left - origin.left, y: to.top + to.height / 2 - origin.top }, verdict);
      }),
    );
  };
  repaint(canvas, paint);
  return { region: element("div", { class: "graph" }, canvas), cards };
}

// Node -> how it fares and which of the causes do that to it, each node once, with its worst verdict.
function consumersOf(causes, data, verdict) {
  const worst = new Map();
  causes.forEach((group, cause) => {
    for (const [change, at] of group.consumers) {
      const impact = data.report.changes[change].impact[at];
      const known = worst.get(impact.node);
      if (!known || VERDICTS.indexOf(impact.verdict) < VERDICTS.indexOf(known.impact.verdict)) {
        worst.set(impact.node, { impact, from: [cause] });
      } else if (impact.verdict === known.impact.verdict && !known.from.includes(cause)) {
        known.from.push(cause);
      }
    }
  });
  return new Map([...worst].filter(([, { impact }]) => impact.verdict === verdict));
}

function drawCauseCard(group, data, onclick) {
  const change = data.report.changes[group.cause];
  const severity = severityOf(change);
  const follow = group.followers.length;
  return element(
    "button",
    { type: "button", class: `box cause ${severity}`, "aria-pressed": "false", onclick },
    element("span", { class: `severity ${severity}` }, SEVERITY_WORDS[severity]),
    element("span", { class: "name" }, change.message),
    follow ? element("span", { class: "word" }, `${plural(follow, "finding")} ${follow === 1 ? "follows" : "follow"}`) : null,
    data.owners[change.node] ? element("span", { class: "owner" }, data.owners[change.node]) : null,
  );
}

function drawOutcome(node, impact, data, onclick) {
  return element(
    "button",
    { type: "button", class: `box ${impact.verdict}`, onclick },
    element("span", { class: "name" }, data.names[node] || nameOf(node)),
    impact.verdict === "unknown" && impact.detail ? element("span", { class: "word" }, impact.detail) : null,
    data.owners[node] ? element("span", { class: "owner" }, data.owners[node]) : null,
  );
}
