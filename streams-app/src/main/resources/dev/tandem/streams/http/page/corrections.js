// The backfills on record, and of one of them: what changed, old → new, and why; the certificate.
import {get, pipelinePath} from "/page/api.js";
import {figure, h, state, table} from "/page/dom.js";
import {count, day, local, moment, words} from "/page/format.js";
import {address, current} from "/page/place.js";
import {Curves} from "/page/curves.js";
import {certificate} from "/page/certificate.js";

const CAUSES = {
  missing: "not in the stream", altered: "other values in the stream", not_in_files: "not in the files", duplicated: "more than once in the stream", values_excluded: "values that the rules exclude",
};

const rangeOf = (run) => (run.from || run.to ? `${run.from ? day(run.from.slice(0, 10)) : "the beginning"} to ${run.to ? day(run.to.slice(0, 10)) : "the end"}` : "all time");
const badge = (text) => h("span", {class: `tag ${text}`}, text);

function took(run) {
  if (!run.ended_at) return "";
  return `${count((Date.parse(run.ended_at) - Date.parse(run.started_at)) / 1000)} s`;
}

class CorrectionsView {
  #host;
  #context;
  #turn = 0;
  #curves = null;
  #timer = 0;
  #closed = false;
  #list = h("div", {class: "runs"});
  #detail = h("div", {class: "detail"});
  #shown = "";

  constructor(host, context) {
    this.#host = host;
    this.#context = context;
    host.append(h("h1", {}, "Corrections"), h("section", {class: "panel wide ready", "aria-label": "Backfills"}, this.#list), this.#detail);
    this.#list.append(h("p", {class: "waiting"}, "Asking…"));
    this.moved();
  }

  /** The runs again, and the one that the address names. */
  async moved() {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    try {
      const runs = await get(`${pipelinePath(this.#context.pipeline)}/runs`);
      if (turn !== this.#turn || this.#closed) return;
      this.#showRuns(runs);
      const id = current().item || (runs.find((r) => r.state === "committed") ?? runs[0])?.run;
      await this.#showRun(id, runs, turn);
    } catch (e) {
      if (turn === this.#turn && !this.#shown) this.#list.replaceChildren(state("No answer", e.message, "error"));
    }
    if (!this.#closed && turn === this.#turn) this.#timer = setTimeout(() => (document.hidden ? null : this.moved()), 10000);
  }

  #showRuns(runs) {
    if (runs.length === 0) {
      this.#detail.replaceChildren();
      this.#list.replaceChildren(state("No backfill has run", "./tandem backfill recomputes history, compares it with what is served and publishes what was wrong."));
      return;
    }
    const {pipeline, page} = this.#context;
    const chosen = current().item || (runs.find((r) => r.state === "committed") ?? runs[0]).run;
    const rows = runs.map((r) => [
      h("a", {href: address(pipeline, "corrections", undefined, r.run), "aria-current": r.run === chosen ? "true" : null}, `Run ${r.run}`),
      badge(r.state), moment(r.started_at, page.zone), took(r), rangeOf(r), r.source, count(r.rows?.compared), count(r.rows ? r.rows.corrected + r.rows.added + r.rows.removed : null)]);
    this.#list.replaceChildren(table("Backfills, the newest first", [{name: "Run"}, {name: "State"}, {name: "Started"}, {name: "Took"}, {name: "Range"}, {name: "Source"}, {name: "Rows compared", number: true}, {name: "Rows changed", number: true}], rows));
  }

  async #showRun(id, runs, turn) {
    const listed = runs.find((r) => r.run === id);
    const key = `${id} ${listed?.state}`;
    if (!id || key === this.#shown) return;
    const run = await get(`${pipelinePath(this.#context.pipeline)}/runs/${encodeURIComponent(id)}`);
    if (turn !== this.#turn || this.#closed) return;
    this.#shown = key;
    this.#curves?.close();
    this.#curves = null;
    this.#detail.replaceChildren(...(run.report ? this.#report(run) : [this.#unfinished(run)]));
  }

  #unfinished(run) {
    return run.state === "failed"
      ? state(`Run ${run.run} failed`, `${run.error ?? "The reason is not on record."} Nothing of it is visible.`, "error")
      : state(`Run ${run.run} is at work`, "It publishes everything at once, at its end.");
  }

  #report(run) {
    const {rows, events, aggregates} = run.report;
    const changed = rows.corrected + rows.added + rows.removed;
    const files = run.files.length === 1 ? "1 file" : `${count(run.files.length)} files`;
    const causes = Object.entries(events.causes).filter(([, n]) => n > 0);
    this.#curves = new Curves(run, this.#context);
    return [
      h("h2", {class: "big"}, `Run ${run.run}`, run.report.undoes ? ` undoes run ${run.report.undoes}` : ""),
      h("p", {class: "lead"}, `Recomputed ${rangeOf(run)} from ${run.source === "both" ? `${files} and the log` : run.source === "log" ? "the log" : files}. ${changed === 0 ? "Everything served was right." : `${count(changed)} of ${count(rows.compared)} rows were wrong and are corrected.`}`),
      h("div", {class: "grid"}, figure("Corrected", count(rows.corrected), "rows with other values"), figure("Added", count(rows.added), "rows that were missing"), figure("Removed", count(rows.removed), "rows that should not exist"), figure("Unchanged", count(rows.unchanged), "rows that were right")),
      h("div", {class: "grid"},
        this.#curves.element,
        h("section", {class: "panel why", "aria-label": "Why"}, h("header", {}, h("h2", {}, "Why")), h("div", {class: "body"},
          causes.length === 0 ? state("No event differs", "Files and stream hold the same events.") : table("Why rows differ", [{name: "Events"}, {name: "", number: true}], causes.map(([cause, n]) => [CAUSES[cause] ?? words(cause), count(n)])),
          h("p", {class: "note"}, `${count(events.in_range)} events in the range, ${count(events.claimed)} claimed for the files, ${count(events.released)} released.`)))),
      this.#changes(aggregates),
      this.#tables(aggregates),
      certificate(run),
    ];
  }

  #changes(aggregates) {
    const changes = aggregates.flatMap((a) => a.largest.map((change) => ({aggregate: a.aggregate, ...change})));
    if (changes.length === 0) return h("p", {hidden: true});
    const size = (c) => Math.abs(this.#first(c.new) - this.#first(c.old));
    changes.sort((a, b) => size(b) - size(a));
    return h("section", {class: "panel wide", "aria-label": "Largest changes"}, h("header", {}, h("h2", {}, "Largest changes"), h("span", {class: "headline"}, "at most ten of each aggregate")),
      h("div", {class: "body tall"}, table("Largest changes", [{name: "Aggregate"}, {name: "Window"}, {name: "Key"}, {name: "Old → new"}, {name: "Why"}], changes.map((c) => [
        words(c.aggregate), `${day(local(c.window).date)}${local(c.window).time === "00:00" ? "" : `, ${local(c.window).time}`}`,
        Object.values(c.key).map((v) => v ?? "(none)").join(" → ") || "all",
        this.#oldNew(c), Object.entries(c.why).filter(([, n]) => n > 0).map(([cause, n]) => `${count(n)} ${CAUSES[cause] ?? words(cause)}`).join(", ")]))));
  }

  #first(values) {
    return values ? Number(Object.values(values).find((v) => typeof v === "number") ?? 0) : 0;
  }

  /** The numbers of a row that differ. */
  #oldNew({old, new: now}) {
    if (!old || !now) return h("span", {}, old ? `${this.#first(old)} → ` : "", h("b", {}, old ? "no such row" : `new: ${this.#first(now)}`));
    const lines = [];
    for (const [metric, value] of Object.entries(now)) {
      if (typeof value === "number" && value !== old[metric]) lines.push([metric, old[metric], value]);
      if (value?.sum !== undefined && Number(value.sum) !== Number(old[metric].sum)) lines.push([`${metric} sum`, old[metric].sum, value.sum]);
    }
    if (lines.length === 0) return "same numbers of other events";
    return h("span", {class: "changes"}, lines.map(([name, a, b]) => h("span", {}, `${words(name)} `, h("s", {}, Number(a).toLocaleString("en-US")), " → ", h("b", {}, Number(b).toLocaleString("en-US")))));
  }

  #tables(aggregates) {
    return h("section", {class: "panel wide", "aria-label": "By aggregate"}, h("header", {}, h("h2", {}, "By aggregate")), h("div", {class: "body"},
      table("Rows by aggregate", ["Aggregate", "Compared", "Unchanged", "Corrected", "Added", "Removed"].map((name, i) => ({name, number: i > 0})),
        aggregates.map((a) => [words(a.aggregate), count(a.compared), count(a.unchanged), count(a.corrected), count(a.added), count(a.removed)]))));
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#curves?.close();
  }
}

export const mount = (host, context) => new CorrectionsView(host, context);
