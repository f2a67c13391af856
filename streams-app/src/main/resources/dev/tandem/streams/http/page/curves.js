// What was served before a run and what is served now, over each other by day, with the days that it corrected marked.
import {number, query} from "/page/api.js";
import {Chart, tip, tooltip, valueAxis} from "/page/chart.js";
import {h, state} from "/page/dom.js";
import {addDays, compact, count, day, words} from "/page/format.js";

const MARGIN_DAYS = 14;

export class Curves {
  #run;
  #context;
  #chart = null;
  #turn = 0;
  #box = h("div", {class: "body"});
  #note = h("span", {class: "headline"});

  constructor(run, context) {
    this.#run = run;
    this.#context = context;
    const changed = run.report.aggregates.filter((a) => a.largest.length > 0 && this.#metric(a.aggregate));
    this.select = h("select", {"aria-label": "Aggregate", onchange: () => this.#load(this.select.value)}, changed.map((a) => h("option", {value: a.aggregate}, words(a.aggregate))));
    this.element = h("section", {class: "panel curves", "aria-label": "Before and after"}, h("header", {}, h("h2", {}, "Before and after"), this.#note, changed.length > 1 && this.select), this.#box);
    this.#box.style.minHeight = "260px";
    if (changed.length === 0) this.#box.replaceChildren(state("No difference to draw", "The stream had served what this run computed."));
    else this.#load(changed[0].aggregate);
  }

  #metric(aggregate) {
    return this.#context.definitions.get(aggregate)?.metrics.find((m) => m.kind === "count")?.name;
  }

  async #load(name) {
    const turn = ++this.#turn;
    const {window} = this.#context.definitions.get(name);
    const roll = window === "week" || window === "month" ? window : "day";
    const metric = this.#metric(name);
    const reported = this.#run.report.aggregates.find((a) => a.aggregate === name);
    const deltas = new Map();
    for (const {window: at, old, new: now} of reported.largest) {
      const date = at.slice(0, 10);
      deltas.set(date, (deltas.get(date) ?? 0) + Number(now?.[metric] ?? 0) - Number(old?.[metric] ?? 0));
    }
    const dates = [...deltas.keys()].sort();
    try {
      const answer = await query(this.#context.pipeline, name, {roll, by: [], from: addDays(dates[0], -MARGIN_DAYS), to: addDays(dates[dates.length - 1], MARGIN_DAYS + 1)});
      if (turn !== this.#turn) return;
      const all = reported.corrected + reported.added + reported.removed;
      this.#note.textContent = all > reported.largest.length ? `drawn from the ${reported.largest.length} largest of ${count(all)} changed rows` : `${count(all)} changed rows`;
      this.#draw(answer.rows.map((r) => [r.window.slice(0, 10), number(r, metric)]), deltas, metric);
    } catch (e) {
      if (turn === this.#turn) this.#box.replaceChildren(state("No answer", e.message, "error"));
    }
  }

  #draw(rows, deltas, metric) {
    const now = new Map(rows);
    for (const date of deltas.keys()) if (!now.has(date)) now.set(date, 0);
    const after = [...now].sort(([a], [b]) => (a < b ? -1 : 1));
    const before = after.map(([date, n]) => [date, n - (deltas.get(date) ?? 0)]);
    if (!this.#chart) {
      const area = h("div", {class: "chart"});
      area.style.height = "260px";
      this.#box.replaceChildren(area);
      this.#chart = new Chart(area);
    }
    const line = (name, data, colour, type, z) => ({name, type: "line", data, z, showSymbol: false, lineStyle: {color: colour, width: 2, type}, itemStyle: {color: colour}});
    this.#chart.show((c) => ({
      grid: {left: 8, right: 14, top: 30, bottom: 4, containLabel: true},
      legend: {top: 0, left: 0, textStyle: {color: c.text, fontSize: 12}, itemWidth: 18, itemHeight: 8, selectedMode: false},
      tooltip: {...tooltip(c), trigger: "axis", formatter: (points) => tip(day(points[0].value[0]), points.map((p) => [p.seriesName, count(p.value[1])]))},
      xAxis: {type: "time", axisLabel: {color: c.soft, fontSize: 11, hideOverlap: true, formatter: {year: "{yyyy}", month: "{MMM}", day: "{d} {MMM}"}}, axisLine: {lineStyle: {color: c.line}}, axisTick: {show: false}},
      yAxis: {...valueAxis(c, compact), scale: true},
      series: [
        {...line("Corrected, as served now", after, c.accent, "solid", 2), markArea: {silent: true, itemStyle: {color: c.second, opacity: 0.13}, data: [...deltas.keys()].map((d) => [{xAxis: d}, {xAxis: addDays(d, 1)}])}},
        line("Live, before the run", before, c.second, "dashed", 3),
      ],
    }), `${words(metric)} by day before and after: ${deltas.size} days corrected`);
  }

  close() {
    this.#turn++;
    this.#chart?.close();
  }
}
