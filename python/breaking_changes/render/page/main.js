// Reads the data, lists the findings, connects the filters.

async function readData() {
  const packed = document.getElementById("data").textContent;
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

function drawNotCompared(missed) {
  const section = document.getElementById("not-compared");
  section.hidden = missed.length === 0;
  const items = missed.map(({ node, reason, readers }) => {
    const unknown = readers.length ? `; unknown for its readers: ${readers.join(", ")}` : "";
    return element("li", {}, code(node), ` ${reason}${unknown}`);
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
  };
}

function start(data) {
  const changes = data.report.changes;
  const list = makeList(document.getElementById("findings"), (index) => drawFinding(changes[index], index, data));
  const all = changes.map((change) => facets(change, data.owners));
  const filters = setUpFilters(all, (wanted) => {
    const found = [...all.keys()].filter((index) => wanted(all[index]));
    list.show(found);
    const count = plural(all.length, "finding");
    document.getElementById("shown").textContent =
      found.length === all.length ? count : `${found.length.toLocaleString("en")} of ${count}`;
  });
  data.reveal = (index) => {
    const { item, button, open } = list.get(index);
    list.finish();
    if (!item.isConnected) filters.clear();
    list.finish();
    open();
    button.focus();
    item.scrollIntoView({ block: "start" });
  };
  drawNotCompared(data.report.coverage.not_compared);
  document.body.dataset.ready = "true";
}

readData().then(start, () => {
  document.getElementById("notice").textContent =
    "This browser cannot unpack the findings. A browser from 2023 or later can; the text and json formats hold the same.";
});
