// Builds elements. Text goes in as text: nothing here reads markup.

function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function code(text) {
  return element("code", {}, String(text));
}

// What people call a node: model.shop.stg_users is stg_users; tests lose their hash.
function nameOf(id) {
  const parts = id.split(".");
  return parts.slice(2, parts[0] === "test" && parts.length > 3 ? -1 : undefined).join(".") || id;
}

function placeOf(item) {
  if (!item.path) return "";
  return item.line ? `${item.path}:${item.line}` : item.path;
}

const VERDICTS = ["breaks", "unknown", "changes", "adapted"];
const VERDICT_WORDS = { breaks: "broken", changes: "changed", unknown: "unknown", adapted: "adapted" };

function countVerdicts(change) {
  const counts = {};
  for (const impact of change.impact) counts[impact.verdict] = (counts[impact.verdict] || 0) + 1;
  return counts;
}

function plural(number, word) {
  return `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
}
