// The filters above the list. Their state is kept in the address, so that it can be shared.

const SEVERITIES = [
  ["error", "errors"],
  ["warn", "warnings"],
  ["info", "infos"],
  ["acknowledged", "acknowledged"],
];

function severityOf(change) {
  return change.acknowledged ? "acknowledged" : change.severity;
}

// What the filters look at, worked out once for each change.
function facets(change, owners) {
  const nodes = [change.node, ...change.impact.map((impact) => impact.node)];
  const words = [change.rule, change.message, change.node, change.column, change.path];
  return {
    severity: severityOf(change),
    rule: change.rule,
    verdicts: new Set(change.impact.map((impact) => impact.verdict)),
    owners: new Set(nodes.map((node) => owners[node]).filter(Boolean)),
    text: words.concat(nodes).filter(Boolean).join("\n").toLowerCase(),
  };
}

function matches(facet, wanted) {
  return (
    wanted.severities.has(facet.severity) &&
    (!wanted.rule || facet.rule === wanted.rule) &&
    (!wanted.verdict ||
      (wanted.verdict === "none" ? facet.verdicts.size === 0 : facet.verdicts.has(wanted.verdict))) &&
    (!wanted.owner || facet.owners.has(wanted.owner)) &&
    facet.text.includes(wanted.text)
  );
}

function fillSelect(select, all, options) {
  select.append(element("option", { value: "" }, all));
  for (const [value, label] of options) select.append(element("option", { value }, label));
  select.closest("label").hidden = options.length === 0;
}

function setUpFilters(all, apply) {
  const form = document.getElementById("filters");
  const box = document.getElementById("severities");
  for (const [severity, label] of SEVERITIES) {
    const count = all.filter((facet) => facet.severity === severity).length;
    const input = element("input", { type: "checkbox", value: severity, name: "severity" });
    input.defaultChecked = true;
    input.disabled = count === 0;
    const number = element("span", { class: "number" }, count.toLocaleString("en"));
    box.append(element("label", { class: `chip ${severity}` }, input, number, ` ${label}`));
  }
  const controls = Object.fromEntries(
    ["text", "rule", "verdict", "owner"].map((key) => [key, document.getElementById(`filter-${key}`)]),
  );
  const distinct = (values) => [...new Set(values)].sort();
  fillSelect(controls.rule, "every rule", distinct(all.map((facet) => facet.rule)).map((rule) => [rule, rule]));
  const found = VERDICTS.filter((verdict) => all.some((facet) => facet.verdicts.has(verdict)));
  const verdicts = found.map((verdict) => [verdict, VERDICT_WORDS[verdict]]);
  if (all.some((facet) => facet.verdicts.size === 0)) verdicts.push(["none", "no consumers"]);
  fillSelect(controls.verdict, "any or none", verdicts);
  const owners = distinct(all.flatMap((facet) => [...facet.owners]));
  fillSelect(controls.owner, "everybody", owners.map((owner) => [owner, owner]));

  const boxes = [...box.querySelectorAll("input")];
  const read = () => ({
    severities: new Set(boxes.filter((one) => one.checked).map((one) => one.value)),
    rule: controls.rule.value,
    verdict: controls.verdict.value,
    owner: controls.owner.value,
    text: controls.text.value.trim().toLowerCase(),
  });
  const remember = () => {
    const state = new URLSearchParams();
    for (const [key, control] of Object.entries(controls)) if (control.value) state.set(key, control.value);
    for (const one of boxes) if (!one.checked) state.append("hide", one.value);
    const hash = state.toString();
    document.getElementById("show-all").hidden = !hash;
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  };
  const restore = () => {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const [key, control] of Object.entries(controls)) control.value = state.get(key) || "";
    for (const one of boxes) one.checked = !state.getAll("hide").includes(one.value);
  };
  const update = () => {
    const wanted = read();
    apply((facet) => matches(facet, wanted));
    remember();
  };
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  const clear = () => {
    form.reset();
    update();
  };
  document.getElementById("show-all").addEventListener("click", clear);
  restore();
  form.hidden = all.length === 0;
  update();
  return { clear };
}
