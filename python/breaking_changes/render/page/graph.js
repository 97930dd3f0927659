// The way from a change to its consumers: boxes are buttons in columns, edges an SVG behind them.

const SVG = "http://www.w3.org/2000/svg";

// Below this many pixels a column the boxes stand below each other, so that the graph always fits.
const MIN_COLUMN = 130;

function drawGraph(graph, change, show, names) {
  const columns = [];
  const boxes = graph.boxes.map(([node, depth, verdict, rows]) => {
    const rowElements = rows.map((row) => element("span", { class: "row" }, row));
    const kind = depth === 0 ? "changed" : verdict || "passed";
    const word = depth === 0 ? change.rule : verdict || "on the way";
    const box = element(
      "button",
      { type: "button", class: `box ${kind}`, "data-node": node, onclick: () => show(node, box) },
      element("span", { class: "name" }, names[node] || nameOf(node)),
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
  const label = `How ${names[change.node] || nameOf(change.node)} reaches its consumers`;
  const region = element("div", { class: "graph", role: "group", "aria-label": label, tabindex: "0" }, canvas);
  const paint = () => {
    const upright = region.clientWidth / columns.length < MIN_COLUMN;
    canvas.classList.toggle("upright", upright);
    paintEdges(svg, canvas, graph.edges, boxes, upright);
  };
  repaint(region, paint);
  return region;
}

// Paper has another width, and no resize is told of it. One query for all graphs: one that is made
// while printing begins hears nothing.
const PAPER = matchMedia("print");

function repaint(region, paint) {
  new ResizeObserver(paint).observe(region);
  PAPER.addEventListener("change", paint);
}

function paintEdges(svg, canvas, edges, boxes, upright) {
  const origin = canvas.getBoundingClientRect();
  svg.setAttribute("width", origin.width);
  svg.setAttribute("height", origin.height);
  svg.replaceChildren(
    ...edges.map(([from, fromRow, to, toRow]) => {
      const broken = boxes[to].box.classList.contains("breaks") ? "breaks" : "";
      if (upright) {
        const start = boxes[from].box.getBoundingClientRect();
        const end = boxes[to].box.getBoundingClientRect();
        const x = (box) => box.left + box.width / 2 - origin.left;
        return line({ x: x(start), y: start.bottom - origin.top }, { x: x(end), y: end.top - origin.top }, broken);
      }
      const start = anchor(boxes[from], fromRow, origin, "right");
      return curve(start, anchor(boxes[to], toRow, origin, "left"), broken);
    }),
  );
}

function curve(start, end, kind) {
  const bend = Math.max(16, (end.x - start.x) / 2);
  return path(`M${start.x} ${start.y} C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`, kind);
}

function line(start, end, kind) {
  return path(`M${start.x} ${start.y} L${end.x} ${end.y}`, kind);
}

function path(d, kind) {
  const node = document.createElementNS(SVG, "path");
  node.setAttribute("d", d);
  if (kind) node.setAttribute("class", kind);
  return node;
}

// Edges leave a box at its side, at the height of the row that they belong to.
function anchor({ box, rows }, row, origin, side) {
  const outer = box.getBoundingClientRect();
  const inner = (rows[row] || box.firstChild).getBoundingClientRect();
  return { x: outer[side] - origin.left, y: inner.top + inner.height / 2 - origin.top };
}
