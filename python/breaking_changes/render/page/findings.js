// One entry of the list, and what opens below it.

const MAX_PLACES = 5;
const SEVERITY_WORDS = { error: "error", warn: "warning", info: "info", acknowledged: "acknowledged" };

function drawFinding(change, index, data, follows) {
  const severity = severityOf(change);
  const panel = element("div", { class: "panel", id: `panel-${index}`, hidden: true });
  const button = element(
    "button",
    { type: "button", "aria-expanded": "false", "aria-controls": panel.id },
    element("span", { class: `severity ${severity}` }, SEVERITY_WORDS[severity]),
    element("span", { class: "message" }, change.message),
    element("span", { class: "facts" }, [change.rule, placeOf(change), data.owners[change.node]].filter(Boolean).join("  ·  ")),
    element("span", { class: "consumers" }, ...verdictBadges(change)),
  );
  const toggle = (open) => {
    if (open && !panel.childElementCount) panel.append(...drawDetails(change, index, data));
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => toggle(panel.hidden));
  const item = element("li", { class: follows ? "finding follows" : "finding" }, element("h3", {}, button), panel);
  return { item, button, open: () => toggle(true), close: () => toggle(false), isOpen: () => !panel.hidden };
}

function verdictBadges(change) {
  const counts = countVerdicts(change);
  return VERDICTS.filter((verdict) => counts[verdict]).map((verdict) =>
    element("span", { class: `badge ${verdict}` }, `${counts[verdict]} ${VERDICT_WORDS[verdict]}`),
  );
}

// What one wants to know of a finding; of a cause with everybody whom it and what follows from it touch.
function drawDetails(change, index, data, node) {
  const rule = data.rules[change.rule] || {};
  const parts = [];
  if (rule.why) parts.push(element("p", { class: "why" }, rule.why));
  parts.push(element("p", { class: "fix" }, element("strong", {}, "What to do: "), change.fix));
  if (change.severity_reason) {
    parts.push(element("p", { class: "fix" }, element("strong", {}, `Why ${SEVERITY_WORDS[change.severity]}: `), change.severity_reason));
  }
  if (change.before !== null || change.after !== null) parts.push(drawBeforeAfter(change));
  if (change.acknowledged) parts.push(drawAcknowledged(change.acknowledged));
  const cause = data.report.changes.findIndex((one) => one.fingerprint === change.caused_by);
  if (change.caused_by && cause >= 0) parts.push(drawCause(cause, data));
  const group = data.groups.find((one) => one.cause === index);
  const impacts = group ? group.consumers.map(([at, number]) => data.report.changes[at].impact[number]) : change.impact;
  if (group && group.followers.length) parts.push(drawFollowers(group.followers, data));
  const stage = element("div", { class: "stage" });
  const places = placesOf(change, impacts, data.marks[index]);
  const show = (node) => {
    const place = places.get(node) || { node, path: null, line: null, names: [] };
    const figure = drawSql(data.sources[place.path], place, data.names);
    stage.replaceChildren(figure);
    return figure;
  };
  const showAndGo = (node) => show(node).firstChild.focus();
  if (impacts.length) {
    const graph = data.graphs[index];
    parts.push(element("h3", {}, "Where it leads"), drawGraph(graph, change, showAndGo, data.names));
    if (graph.leftOut) parts.push(element("p", { class: "none" }, `${plural(graph.leftOut, "more consumer")} below.`));
    parts.push(stage, drawConsumers(change, impacts, data, showAndGo));
  } else {
    if (rule.effect !== "none" && !change.elsewhere) parts.push(element("p", { class: "none" }, "Nothing in this project reads it."));
    parts.push(stage);
  }
  const elsewhere = group ? data.elsewhere[data.groups.indexOf(group)] : "";
  if (elsewhere) parts.push(element("p", { class: "none" }, `${elsewhere}.`));
  if (change.unaffected) {
    const verb = change.unaffected === 1 ? "is" : "are";
    parts.push(element("p", { class: "none" }, `${plural(change.unaffected, "other node")} downstream ${verb} not affected.`));
  }
  const first = impacts.find((impact) => impact.verdict === "breaks" && data.sources[impact.path] !== undefined);
  if (node && places.has(node)) show(node);
  else if (first) show(first.node);
  else if (data.sources[change.path] !== undefined) show(change.node);
  return parts;
}

// Node -> where its SQL is to be opened: its reference to the column, or the change itself.
function placesOf(change, impacts, marks) {
  const names = change.column ? change.column.split(".") : [];
  const renamed = change.rule === "column_renamed" && change.after ? [change.after] : [];
  const { node, path, line } = change;
  const places = new Map([[node, { node, path, line, names: names.concat(renamed) }]]);
  for (const impact of impacts) {
    places.set(impact.node, { ...impact, names, mark: marks[impact.node] });
  }
  return places;
}

function drawBeforeAfter(change) {
  const side = (value) => (value === null ? element("span", { class: "none" }, "none") : code(value));
  return element(
    "dl",
    { class: "sides" },
    element("div", {}, element("dt", {}, "Before"), element("dd", {}, side(change.before))),
    element("div", {}, element("dt", {}, "After"), element("dd", {}, side(change.after))),
    change.evidence ? element("div", {}, element("dt", {}, "Evidence"), element("dd", {}, change.evidence)) : null,
  );
}

function drawAcknowledged({ reason, expires }) {
  const until = expires ? ` until ${expires}` : "";
  return element("p", { class: "ack" }, element("strong", {}, `Acknowledged${until}: `), reason || "no reason given");
}

function drawCause(cause, data) {
  const link = element("button", { type: "button", class: "link", onclick: () => data.reveal(cause) }, data.report.changes[cause].message);
  return element("p", {}, "Follows from: ", link);
}

// What follows from a cause goes away with it.
function drawFollowers(followers, data) {
  const items = followers.slice(0, 10).map((index) =>
    element("li", {}, element("button", { type: "button", class: "link", onclick: () => data.reveal(index) }, data.report.changes[index].message)),
  );
  if (followers.length > 10) items.push(element("li", { class: "none" }, `and ${plural(followers.length - 10, "more finding")}`));
  return element("div", { class: "following" }, element("h3", {}, "What follows from it"), element("ul", {}, ...items));
}

// Where else a consumer breaks.
function drawPlaces(places) {
  const lines = places.slice(0, MAX_PLACES).map((place) =>
    element("li", {}, `also ${place.detail || ""}`, element("span", { class: "place" }, placeOf(place))),
  );
  if (places.length > MAX_PLACES) lines.push(element("li", {}, `and in ${plural(places.length - MAX_PLACES, "more place")}`));
  return lines.length ? [element("ul", { class: "also" }, ...lines)] : [];
}

function drawConsumers(change, impacts, data, show) {
  const owned = impacts.some((impact) => data.owners[impact.node]);
  const named = (node) => code(data.names[node] || nameOf(node));
  const rows = impacts.map((impact) =>
    element(
      "tr",
      {},
      element("td", {}, element("span", { class: `badge ${impact.verdict}` }, impact.verdict)),
      element(
        "td",
        {},
        data.sources[impact.path] === undefined
          ? named(impact.node)
          : element("button", { type: "button", class: "link", onclick: () => show(impact.node) }, named(impact.node)),
        element("span", { class: "place" }, placeOf(impact)),
      ),
      element("td", {}, impact.detail || "", ...drawPlaces(impact.also)),
      owned ? element("td", {}, data.owners[impact.node] || "") : null,
    ),
  );
  const titles = ["Verdict", "Consumer", "Why"].concat(owned ? ["Owner"] : []);
  const heads = titles.map((title) => element("th", { scope: "col" }, title));
  const label = `Consumers of ${data.names[change.node] || nameOf(change.node)}`;
  return element(
    "div",
    { class: "scroll", role: "group", "aria-label": label, tabindex: "0" },
    element(
      "table",
      {},
      element("caption", { class: "unseen" }, "Consumers"),
      element("thead", {}, element("tr", {}, ...heads)),
      element("tbody", {}, ...rows),
    ),
  );
}
