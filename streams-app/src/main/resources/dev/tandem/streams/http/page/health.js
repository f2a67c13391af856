// How the pipeline does: what comes in, how far behind, where the state is, what was refused, what the last backfill said.
import {headline, hour} from "/page/alerts.js";
import {get, pipelinePath} from "/page/api.js";
import {Chart, tip, tooltip, valueAxis} from "/page/chart.js";
import {figure, h, state, table} from "/page/dom.js";
import {bytes, clock, compact, count, millis, moment, words} from "/page/format.js";
import {address} from "/page/place.js";

const EVERY = 5000;
const REMEMBERED = 300000;
const OUTCOMES = ["counted", "claimed", "duplicate", "rejected", "parked"];

function card(title, ...content) {
  return h("section", {class: "panel", "aria-label": title}, h("header", {}, h("h2", {}, title)), h("div", {class: "body"}, ...content));
}

class HealthView {
  #host;
  #context;
  #timer = 0;
  #closed = false;
  #rates = [];
  #rate = null;
  #chart;
  #figures = h("div", {class: "grid figures"});
  #parts = h("div", {class: "grid"});
  #rateBox = h("div", {class: "chart"});

  constructor(host, context) {
    this.#host = host;
    this.#context = context;
    this.#rateBox.style.height = "150px";
    host.append(
      h("h1", {}, `Health of ${context.pipeline}`),
      this.#figures,
      h("section", {class: "panel wide ready", "aria-label": "Events a second"}, h("header", {}, h("h2", {}, "Events a second"), h("span", {class: "headline"}, `since this page was opened; times in ${context.page.zone}`)), this.#rateBox),
      this.#parts);
    this.#figures.append(h("p", {class: "waiting"}, "Asking…"));
    this.#chart = new Chart(this.#rateBox);
    this.stop = context.live.listen((change) => change.ledger && this.#measure(change.rate));
    this.#ask();
  }

  #measure(rate) {
    const now = Date.now();
    this.#rate = rate;
    this.#rates.push([now, Math.round(rate)]);
    while (now - this.#rates[0][0] > REMEMBERED) this.#rates.shift();
    const shown = this.#figures.querySelector("[data-rate]");
    if (shown) shown.textContent = count(rate);
    this.#chart.show((c) => ({
      animation: false,
      grid: {left: 8, right: 14, top: 10, bottom: 4, containLabel: true},
      tooltip: {...tooltip(c), trigger: "axis", formatter: ([p]) => tip(moment(p.value[0], this.#context.page.zone), [["Events a second", count(p.value[1])]])},
      xAxis: {type: "time", min: now - REMEMBERED, max: now, axisLabel: {color: c.soft, fontSize: 11, formatter: (t) => clock(t, this.#context.page.zone), hideOverlap: true}, axisLine: {lineStyle: {color: c.line}}, axisTick: {show: false}},
      yAxis: {...valueAxis(c, compact), minInterval: 1, splitNumber: 2},
      series: [{type: "line", data: this.#rates, showSymbol: false, step: "end", lineStyle: {width: 1.5, color: c.accent}, itemStyle: {color: c.accent}, areaStyle: {color: c.accent, opacity: 0.12}}],
    }), `Events a second, now ${count(rate)}`);
  }

  async #ask() {
    if (!document.hidden) {
      try {
        const base = pipelinePath(this.#context.pipeline);
        const [health, runs, alerts] = await Promise.all([get(`${base}/health`), get(`${base}/runs`), get(`${base}/alerts?state=open&limit=20`)]);
        if (!this.#closed) this.#show(health, runs, alerts);
      } catch (e) {
        if (!this.#closed && !this.#parts.childElementCount) this.#figures.replaceChildren(state("No answer", e.message, "error"));
      }
    }
    if (!this.#closed) this.#timer = setTimeout(() => this.#ask(), EVERY);
  }

  #show(health, runs, alerts) {
    const zone = this.#context.page.zone;
    const {latency_ms: latency, ledger} = health;
    const known = latency.event_to_app !== null && latency.app_to_row !== null;
    const rate = h("span", {"data-rate": ""}, this.#rate === null ? "…" : count(this.#rate));
    this.#figures.replaceChildren(
      figure("State", health.ready ? "Ready" : "Not ready", health.detail || `Kafka Streams is ${words(health.state).toLowerCase()}`),
      figure("Events a second", rate, `${count(ledger.read)} read in all`),
      figure("Behind", count(health.lag), health.lag === null ? "not known: Kafka does not answer" : "records not yet processed"),
      figure("Event to row", known ? millis(latency.event_to_app + latency.app_to_row) : "–", known ? "on average in the last minute" : "nothing came in the last minute"));
    this.#parts.replaceChildren(
      this.#ledger(ledger), this.#lastRun(runs[0], zone), this.#rejected(health.rejected, ledger, zone), this.#alerts(alerts, zone), this.#stores(health), this.#tasks(health), this.#instances(health));
  }

  #ledger(ledger) {
    const sum = OUTCOMES.map((o) => ledger[o]).reduce((a, b) => a + b, 0);
    return card("Ledger",
      h("p", {class: ledger.balances ? "verdict good" : "verdict bad"}, ledger.balances ? `Balanced: ${count(ledger.read)} read, ${count(sum)} accounted for` : `Does not balance: ${count(ledger.read)} read, ${count(sum)} accounted for`),
      table("Ledger", [{name: "What became of the events"}, {name: "Events", number: true}], [...OUTCOMES.map((o) => [words(o), count(ledger[o])]), [h("b", {}, "Read"), h("b", {}, count(ledger.read))]]));
  }

  #lastRun(run, zone) {
    if (!run) return card("Last backfill", state("None yet", "./tandem backfill recomputes history and corrects what is wrong."));
    return card("Last backfill",
      h("p", {class: `verdict ${run.state === "failed" ? "bad" : run.state === "committed" ? "good" : ""}`}, `Run ${run.run}: ${run.state}${run.error ? `, ${run.error}` : ""}`),
      table("Last backfill", [{name: "Last backfill"}, {name: "", number: true}], [
        ["Started", moment(run.started_at, zone)], ["Ended", moment(run.ended_at, zone)], ["Range", `${run.from?.slice(0, 10) ?? "the beginning"} to ${run.to?.slice(0, 10) ?? "the end"}`], ["Source", run.source]]));
  }

  #rejected(rejected, ledger, zone) {
    if (!rejected.known) return card("Rejected records", state("Not known", "Kafka does not answer.", "error"));
    const reasons = Object.entries(rejected.reasons).sort((a, b) => b[1] - a[1]);
    if (reasons.length === 0) return card("Rejected records", state("None", "Every record was valid."));
    const older = rejected.skipped > 0 ? ` Of ${count(rejected.skipped)} older ones the reasons were not read.` : "";
    return card("Rejected records",
      h("p", {class: "note"}, `${count(ledger.rejected)} of the stream, the others when files were replayed.${older}`),
      table("Rejected records by reason", [{name: "Reason"}, {name: "Records", number: true}], reasons.map(([reason, n]) => [words(reason), count(n)])),
      h("details", {open: this.#parts.querySelector("details.newest")?.open ?? false, class: "newest"}, h("summary", {}, "The newest"),
        table("Newest rejected records", [{name: "When"}, {name: "Reason"}, {name: "Source"}, {name: "Error"}], rejected.newest.map((r) => [moment(r.at, zone), words(r.reason), h("code", {}, r.source), r.error]))));
  }

  #alerts(alerts, zone) {
    if (alerts.length === 0) return card("Open alerts", state("None", "Nothing unusual is decided now."));
    return card("Open alerts",
      h("p", {class: "note"}, h("a", {href: address(this.#context.pipeline, "decisions")}, "All decisions"), `; times in ${zone}`),
      table("Open alerts", [{name: "Since"}, {name: "What"}, {name: "Why"}], alerts.map((a) => [hour(a.raised), headline(a), a.why])));
  }

  #stores({stores}) {
    return card("State in this process", table("Stores", [{name: "Store"}, {name: "Entries, estimated", number: true}, {name: "Size", number: true}],
      [...stores.map((s) => [words(s.name), count(s.keys), bytes(s.bytes)]), [h("b", {}, "Together"), "", h("b", {}, bytes(stores.reduce((a, s) => a + s.bytes, 0)))]]));
  }

  #tasks({tasks, partitions, partitions_here: here}) {
    return card("Tasks of this process", h("p", {class: "note"}, `${here} of ${partitions} partitions of the rows`),
      table("Tasks", [{name: "Task"}, {name: "Role"}, {name: "Thread"}, {name: "Reads"}], tasks.map((t) => [t.id, t.active ? "active" : "standby", `${t.thread} (${t.state.toLowerCase()})`, t.inputs.join(", ")])));
  }

  #instances({instances}) {
    if (instances.length === 0) return card("Instances", state("Not known", "Kafka does not say who belongs to the group now."));
    return card("Instances", table("Instances", [{name: "Instance"}, {name: "Address"}, {name: "Threads", number: true}, {name: "Partitions read", number: true}],
      instances.map((i) => [h("code", {}, i.name), i.host.replace(/^\//, ""), count(i.threads), count(i.partitions)])));
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.stop();
    this.#chart.close();
  }
}

export const mount = (host, context) => new HealthView(host, context);
