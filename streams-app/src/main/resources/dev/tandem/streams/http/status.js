"use strict";
// The status of every pipeline, asked every two seconds.
const box = document.getElementById("pipelines");

function element(name, text) {
  const e = document.createElement(name);
  if (text !== undefined) e.textContent = text;
  return e;
}

function number(value) {
  return value === null ? "not known" : value.toLocaleString("en");
}

function show(p) {
  const section = element("section");
  const title = element("h2", p.pipeline + " ");
  title.append(element("small", p.ready ? "running" : p.detail || p.state));
  section.append(title);
  const list = element("dl");
  const facts = {
    "events read": p.ledger.read, counted: p.ledger.counted, claimed: p.ledger.claimed,
    duplicate: p.ledger.duplicate, rejected: p.ledger.rejected, parked: p.ledger.parked,
    "records behind": p.lag, "rows published": p.rows_published, "last backfill": p.committed_epoch,
  };
  for (const [name, value] of Object.entries(facts)) {
    const fact = element("div");
    fact.append(element("dt", name), element("dd", number(value)));
    list.append(fact);
  }
  section.append(list);
  const links = element("p");
  links.className = "links";
  const base = "/api/v1/" + encodeURIComponent(p.pipeline);
  const all = [["runs", base + "/runs"], ["definitions", base + "/aggregates"]];
  p.aggregates.forEach((a) => all.push([a + " by month", base + "/aggregates/" + encodeURIComponent(a) + "?roll=month&by="]));
  all.forEach(([text, href], i) => {
    if (i > 0) links.append(" · ");
    const link = element("a", text);
    link.href = href;
    links.append(link);
  });
  section.append(links);
  return section;
}

async function refresh() {
  try {
    const names = await (await fetch("/api/v1")).json();
    const pipelines = await Promise.all(names.map(async (n) => (await fetch("/api/v1/" + encodeURIComponent(n))).json()));
    box.replaceChildren(...pipelines.map(show));
    if (names.length === 0) box.append(element("p", "Starting…"));
  } catch (e) {
    box.replaceChildren(element("p", "Tandem does not answer."));
  }
}

refresh();
setInterval(refresh, 2000);
