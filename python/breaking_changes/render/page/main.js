// Reads the data, shows the picture with the worst finding beside it, lists the findings.

async function readData() {
  const packed = document.getElementById("data").textContent;
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

function drawNotCompared(missed, names) {
  const section = document.getElementById("not-compared");
  section.hidden = missed.length === 0;
  section.querySelector("h2").textContent = `Not compared (${missed.length.toLocaleString("en")})`;
  const named = (node) => names[node] || node;
  const items = missed.map(({ node, reason, readers }) => {
    const unknown = readers.length ? `; downstream nodes not checked: ${readers.map(named).join(", ")}` : "";
    return element("li", {}, code(named(node)), ` ${reason}${unknown}`);
  });
  section.querySelector("ul").append(...items);
}

// Lists the findings in slices, so that thousands do not hold up the first ones. Entries that are
// filtered out leave the page: hiding them in place costs the browser far more.
function makeList(list, draw) {
  const drawn = [];
  const get = (index) => (drawn[index] = drawn[index] || draw(index));
  let rest = [];
  let waiting;
  const append = (slice) => {
    clearTimeout(waiting);
    list.append(...rest.slice(0, slice).map((index) => get(index).item));
    rest = rest.slice(slice);
    if (rest.length) waiting = setTimeout(() => append(250));
  };
  return {
    get,
    show(indices) {
      list.replaceChildren();
      rest = indices;
      append(100);
    },
    finish: () => append(rest.length),
    shown: () => [...list.children].length,
  };
}

// The picture, and beside it the finding that was chosen there: at first the most harmful one.
function setUpOverview(data) {
  if (!data.groups.length) return;
  const panel = document.getElementById("selected");
  const select = (index, chosen, node) => {
    for (const one of cards) one.setAttribute("aria-pressed", String(one === chosen || one === cards[groupOf(index)]));
    const change = data.report.changes[index];
    const heading = element("h2", {}, change.message);
    const facts = [change.rule, placeOf(change), data.owners[change.node]].filter(Boolean).join("  ·  ");
    const details = drawDetails(change, index, data, node);
    panel.replaceChildren(heading, element("p", { class: "facts" }, facts), ...details);
  };
  const groupOf = (index) => data.groups.findIndex((group) => group.cause === index);
  const { region, cards } = drawOverview(data, select);
  document.getElementById("picture").append(region);
  document.getElementById("overview").hidden = false;
  select(data.groups[0].cause, cards[0]);
}

// On paper nothing can be opened: everything is, as far as there is paper for it.
function openForPrint(list, count) {
  const opened = [];
  addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll("details:not([open])")) {
      opened.push(() => (one.open = false));
      one.open = true;
    }
    list.finish();
    for (let index = 0; index < Math.min(count, 100); index += 1) {
      const finding = list.get(index);
      if (finding.isOpen()) continue;
      opened.push(() => finding.close());
      finding.open();
    }
  });
  addEventListener("afterprint", () => {
    while (opened.length) opened.pop()();
  });
}

function start(data) {
  const changes = data.report.changes;
  // A cause first, then what follows from it.
  const order = data.groups.flatMap((group) => [group.cause, ...group.followers]);
  const followers = new Set(data.groups.flatMap((group) => group.followers));
  const list = makeList(document.getElementById("findings"), (index) =>
    drawFinding(changes[index], index, data, followers.has(index)),
  );
  const all = changes.map((change) => facets(change, data.owners));
  const filters = setUpFilters(all, (wanted) => {
    const found = order.filter((index) => wanted(all[index]));
    list.show(found);
    const count = plural(all.length, "finding");
    document.getElementById("shown").textContent =
      found.length === all.length ? count : `${found.length.toLocaleString("en")} of ${count}`;
  });
  const box = document.getElementById("all-findings");
  box.hidden = changes.length === 0;
  document.getElementById("all-title").textContent = `All ${plural(changes.length, "finding")}`;
  // A shared address with filters means the list.
  box.open = location.hash.length > 1;
  document.querySelector(".skip").addEventListener("click", () => (box.open = true));
  data.reveal = (index) => {
    box.open = true;
    const { item, button, open } = list.get(index);
    list.finish();
    if (!item.isConnected) filters.clear();
    list.finish();
    open();
    button.focus();
    item.scrollIntoView({ block: "start" });
  };
  setUpOverview(data);
  openForPrint(list, changes.length);
  drawNotCompared(data.report.coverage.not_compared, data.names);
  document.body.dataset.ready = "true";
}

readData().then(start, () => {
  document.getElementById("notice").textContent =
    "This browser cannot unpack the findings. A browser from 2023 or later can; the text and json formats hold the same.";
});
