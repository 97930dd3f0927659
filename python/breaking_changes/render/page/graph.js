// The way from a change to its readers: boxes are buttons in columns, edges an SVG behind them.

const SVG = "http://www.w3.org/2000/svg";

function drawGraph(graph, change, show) {
  const columns = [];
  const boxes = graph.boxes.map(([node, depth, verdict, rows]) => {
    const rowElements = rows.map((row) => element("span", { class: "row" }, row));
    const kind = depth === 0 ? "changed" : verdict || "passed";
    const word = depth === 0 ? change.rule : verdict || "on the way";
    const box = element(
      "button",
      { type: "button", class: `box ${kind}`, "data-node": node, onclick: () => show(node, box) },
      element("span", { class: "name" }, nameOf(node)),
      element("span", { class: "word" }, word),
      ...rowElements,
      element("span", { class: "unseen" }, "Show its SQL"),
    );
    columns[depth] = columns[depth] || element("div", { class: "column" });
    columns[depth].append(box);
    return { box, rows: rowElements };
  });
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  const canvas = element("div", { class: "canvas" }, svg, ...columns.filter(Boolean));
  const label = `How ${nameOf(change.node)} reaches its readers`;
  const region = element("div", { class: "graph", role: "group", "aria-label": label, tabindex: "0" }, canvas);
  const paint = () => paintEdges(svg, canvas, graph.edges, boxes);
  new ResizeObserver(paint).observe(canvas);
  return region;
}

function paintEdges(svg, canvas, edges, boxes) {
  const origin = canvas.getBoundingClientRect();
  svg.setAttribute("width", origin.width);
  svg.setAttribute("height", origin.height);
  svg.replaceChildren(
    ...edges.map(([from, fromRow, to, toRow]) => {
      const start = anchor(boxes[from], fromRow, origin, "right");
      const end = anchor(boxes[to], toRow, origin, "left");
      const bend = Math.max(24, (end.x - start.x) / 2);
      const path = document.createElementNS(SVG, "path");
      path.setAttribute(
        "d",
        `M${start.x} ${start.y} C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`,
      );
      if (boxes[to].box.classList.contains("breaks")) path.setAttribute("class", "breaks");
      return path;
    }),
  );
}

// Edges leave a box at its side, at the height of the row that they belong to.
function anchor({ box, rows }, row, origin, side) {
  const outer = box.getBoundingClientRect();
  const inner = (rows[row] || box.firstChild).getBoundingClientRect();
  return { x: outer[side] - origin.left, y: inner.top + inner.height / 2 - origin.top };
}
