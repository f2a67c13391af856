// One panel: asks the first source that knows the filter's dimensions, shows it as a chart or a table, and what is the matter when it cannot.
import {query} from "/page/api.js";
import {Chart} from "/page/chart.js";
import {h, state, table} from "/page/dom.js";
import {words} from "/page/format.js";
import * as kinds from "/page/kinds.js";

const KINDS = {number: kinds.numberKind, line: kinds.line, heatmap: kinds.heatmap, bars: kinds.bars, share: kinds.share, distribution: kinds.distribution};

/** The aggregate to ask: the first of the panel's sources that has every dimension; undefined: none. */
export function sourceFor(panel, definitions, dimensions) {
  return panel.sources.map((name) => definitions.get(name)).find((a) => dimensions.every((d) => a.by.includes(d)));
}

export class Panel {
  #panel;
  #kind;
  #context;
  #chart = null;
  #answer = null;
  #asTable = false;
  #turn = 0;
  #roll = "week";

  /** context: {pipeline, definitions, filter(), range(), select(dimension, value)} */
  constructor(panel, context) {
    this.#panel = panel;
    this.#kind = KINDS[panel.kind];
    this.#context = context;
    this.title = h("h2", {}, panel.title);
    this.note = h("span", {class: "headline"});
    this.badge = h("span", {class: "badge", hidden: true, title: "Part of the state could not be asked, or its past is not filled by a backfill yet."}, "partial");
    this.body = h("div", {class: "body"});
    this.toggle = h("button", {type: "button", class: "quiet table-toggle", "aria-pressed": "false", onclick: () => this.#switch(), "aria-label": `${panel.title} as a table`}, "Table");
    this.element = h("section", {class: `panel ${panel.kind} loading`, "aria-label": panel.title, "aria-busy": "true"},
      h("header", {}, this.title, this.note, this.badge, panel.kind === "number" ? null : this.toggle), this.body);
    if (panel.kind !== "number") this.body.style.minHeight = `${this.#kind.height}px`;
  }

  /** Name of the aggregate that is asked now; undefined: none can be. */
  get source() {
    return this.#definition?.name;
  }

  /** Whether what is shown is a whole answer, and the last question was answered. */
  get settled() {
    return this.#answer?.complete === true && !this.element.classList.contains("stale");
  }

  get #definition() {
    return sourceFor(this.#panel, this.#context.definitions, this.#dimensions());
  }

  #dimensions() {
    const filtered = this.#context.filter().where.map(([dimension]) => dimension);
    return [...new Set(this.#panel.by ? [...filtered, this.#panel.by] : filtered)];
  }

  /** Asks, and shows the answer; what was shown stays until then. fresh: the question is another one. */
  async load(fresh) {
    const turn = ++this.#turn;
    if (fresh) this.element.classList.add("loading");
    const source = this.#definition;
    if (!source) {
      const names = this.#context.filter().where.map(([d]) => words(d).toLowerCase());
      return this.#say(state("Not known for this filter", `No aggregate has this by ${[...new Set(names)].join(" and ")}.`));
    }
    const {from, to, where} = this.#context.filter();
    try {
      const roll = this.#panel.roll ?? this.#context.range().in(source.window);
      const answer = await query(this.#context.pipeline, source.name, {from, to, where, ...this.#kind.query(this.#panel, roll)});
      if (turn !== this.#turn) return;
      this.#roll = roll;
      this.#answer = answer;
      this.#show();
    } catch (e) {
      if (turn !== this.#turn) return;
      if (this.#answer && !fresh) this.element.classList.add("stale");
      else this.#say(h("div", {}, state("No answer", e.message, "error"), h("button", {type: "button", onclick: () => this.load(true)}, "Try again")));
    }
  }

  #say(content) {
    this.#done();
    this.#answer = null;
    this.#closeChart();
    this.note.textContent = "";
    this.badge.hidden = true;
    this.toggle.hidden = true;
    this.body.replaceChildren(content);
  }

  #done() {
    this.element.classList.remove("loading", "stale");
    this.element.setAttribute("aria-busy", "false");
  }

  #show() {
    const {rows, complete} = this.#answer;
    this.#done();
    this.badge.hidden = complete;
    if (this.#panel.kind === "number") return this.#showNumber(rows, complete);
    if (this.#kind.empty(rows, this.#panel)) {
      return this.#say(complete
        ? state("Nothing here yet", "No events in this range and filter.")
        : state("Not known right now", "Part of the state is being read back or moves to another instance, or its past is not filled by a backfill yet."));
    }
    this.toggle.hidden = false;
    const headline = this.#kind.headline?.(this.#panel, rows) ?? "";
    if (this.note.textContent !== headline) this.note.textContent = headline;
    if (this.#asTable) this.#showTable(rows);
    else this.#showChart(rows);
  }

  #showNumber(rows, complete) {
    const {value, unit} = rows.length > 0 || complete ? this.#kind.value(this.#panel, rows) : {value: "–"};
    const text = h("p", {class: "figure"}, value, unit && " ", unit && h("small", {}, unit));
    if (this.body.textContent !== text.textContent) this.body.replaceChildren(text);
  }

  #showChart(rows) {
    if (!this.#chart) {
      const area = h("div", {class: "chart"});
      area.style.height = `${this.#kind.height}px`;
      this.body.replaceChildren(area);
      this.#chart = new Chart(area, this.#kind.selects ? (e) => this.#select(e.seriesName !== undefined && this.#panel.kind === "share" ? e.seriesIndex : e.dataIndex) : null);
    }
    const {option, label} = this.#kind.draw(this.#panel, rows, this.#roll);
    this.#chart.show(option, label);
  }

  #select(index) {
    const value = this.#kind.values(this.#panel, this.#answer.rows)[index];
    this.#context.select(this.#panel.by, value ?? "");
  }

  #showTable(rows) {
    this.#closeChart();
    const {columns, rows: cells} = this.#kind.table(this.#panel, rows, this.#roll);
    if (this.#kind.selects && this.#context.selectable(this.#panel.by)) {
      const values = this.#kind.values(this.#panel, rows);
      cells.forEach((row, i) => (row[0] = h("button", {type: "button", class: "link", title: "Filter by this", onclick: () => this.#context.select(this.#panel.by, values[i] ?? "")}, row[0])));
    }
    const scrolled = this.body.querySelector(".scroll")?.scrollTop ?? 0;
    this.body.replaceChildren(table(this.#panel.title, columns, cells));
    this.body.querySelector(".scroll").scrollTop = scrolled;
  }

  #switch() {
    this.#asTable = !this.#asTable;
    this.toggle.setAttribute("aria-pressed", String(this.#asTable));
    this.toggle.textContent = this.#asTable ? "Chart" : "Table";
    if (this.#answer) this.#show();
  }

  #closeChart() {
    this.#chart?.close();
    this.#chart = null;
  }

  close() {
    this.#turn++;
    this.#closeChart();
  }
}
