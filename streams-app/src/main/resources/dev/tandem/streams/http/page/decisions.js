// What the pipeline decides: what is to be done now, how far it is decided, and what was decided before.
import {alerts, amount, distance, headline, hour, normal} from "/page/alerts.js";
import {get, pipelinePath} from "/page/api.js";
import {figure, h, state, table} from "/page/dom.js";
import {addDays, count, day, local, words} from "/page/format.js";
import {Refresher} from "/page/live.js";
import {address, current, go} from "/page/place.js";

const STEP = 100;
const MOST = 1000;
const FEW = 12;

/** What is held to be normal, and since when: a version is taken up between two hours of event time. */
function baseline({decided_to: decided, baseline: used, next_baseline: next}) {
  if (!used && !next) return ["Not learned", "no baseline yet; limits alone decide"];
  if (!next || !decided || used === next) return [`Version ${used ?? next}`, "what is expected, by hour of the week"];
  return [`Version ${next}`, `from the next hour of events on; so far ${used ? `version ${used}` : "limits alone"}`];
}

class DecisionsView {
  #context;
  #turn = 0;
  #limit = STEP;
  #all = false;
  #refresher;
  #timer = 0;
  #figures = h("div", {class: "grid figures"});
  #open = h("div", {class: "body"});
  #history = h("div", {class: "body tall"});
  #headline = h("span", {class: "headline"});
  #form;

  constructor(host, context) {
    this.#context = context;
    this.#form = this.#filter();
    host.append(
      h("h1", {}, "Decisions"), this.#figures, this.#form,
      h("section", {class: "panel wide ready", "aria-label": "Open now"}, h("header", {}, h("h2", {}, "Open now"), this.#headline), this.#open),
      h("section", {class: "panel wide ready", "aria-label": "History"}, h("header", {}, h("h2", {}, "History"), h("span", {class: "headline"}, "the newest first, by event time")), this.#history));
    this.#open.append(h("p", {class: "waiting"}, "Asking…"));
    this.#refresher = new Refresher(() => this.#load());
    this.stop = context.live.listen((change) => (change.alerts || change.aggregate === null) && this.#refresher.soon());
    this.moved();
  }

  /** Decision, state and dates live in the address, so that what is seen can be sent. */
  #filter() {
    const {decisions} = this.#context.page;
    const field = (name, input) => h("label", {}, h("span", {}, name), input);
    const option = (value, text) => h("option", {value}, text);
    const put = (name) => (e) => {
      const {parameters} = current();
      if (e.target.value) parameters.set(name, e.target.value);
      else parameters.delete(name);
      go(address(this.#context.pipeline, "decisions", parameters));
    };
    this.inputs = {
      decision: h("select", {onchange: put("decision")}, option("", "All"), decisions.map((d) => option(d.name, words(d.name)))),
      state: h("select", {onchange: put("state")}, option("", "Raised and cleared"), option("raised", "Raised"), option("cleared", "Cleared")),
      from: h("input", {type: "date", onchange: put("from")}),
      to: h("input", {type: "date", onchange: put("to")}),
    };
    return h("form", {class: "filter", "aria-label": "Filter", onsubmit: (e) => e.preventDefault()},
      h("div", {class: "group"}, field("Decision", this.inputs.decision), field("History", this.inputs.state), field("From", this.inputs.from), field("To, inclusive", this.inputs.to)));
  }

  moved() {
    const {parameters} = current();
    for (const [name, input] of Object.entries(this.inputs)) input.value = parameters.get(name) ?? "";
    this.#limit = STEP;
    this.#all = false;
    this.#load();
  }

  async #load() {
    const turn = ++this.#turn;
    clearTimeout(this.#timer);
    const {pipeline} = this.#context;
    const {decision, state: said, from, to} = Object.fromEntries(Object.entries(this.inputs).map(([name, input]) => [name, input.value]));
    try {
      const [{decisions}, open, history] = await Promise.all([
        get(pipelinePath(pipeline)),
        alerts(pipeline, {state: "open", decision, limit: MOST}),
        alerts(pipeline, {state: said, decision, from, to: to && addDays(to, 1), limit: this.#limit}),
      ]);
      if (turn !== this.#turn) return;
      this.#show(decisions, open, history);
    } catch (e) {
      if (turn === this.#turn && !this.#figures.childElementCount) this.#open.replaceChildren(state("No answer", e.message, "error"));
    }
    if (turn === this.#turn) this.#timer = setTimeout(() => this.#refresher.soon(), 10000);
  }

  #show(decisions, open, history) {
    const by = decisions.decisions.filter((d) => d.open > 0).map((d) => `${words(d.name)} ${count(d.open)}`).join(" · ");
    this.#figures.replaceChildren(
      figure("Open", count(decisions.open), by || "nothing needs anyone"),
      figure("Decided to", decisions.decided_to ? day(local(decisions.decided_to).date) : "–", decisions.decided_to ? `${local(decisions.decided_to).time}, event time in ${this.#context.page.zone}` : "not known here, or no hour is over yet"),
      figure("Normal", ...baseline(decisions)));
    this.#headline.textContent = open.length > 1 ? `${count(open.length)}, the newest first` : "";
    this.#open.replaceChildren(open.length === 0 ? state("All is well", "No decision is open.") : this.#cards(open));
    this.#table(history);
  }

  #cards(open) {
    const shown = this.#all ? open : open.slice(0, FEW);
    const more = open.length > shown.length && h("button", {type: "button", class: "quiet", onclick: () => {
      this.#all = true;
      this.#open.replaceChildren(this.#cards(open));
      this.#open.querySelectorAll("article a, article h3")[FEW]?.focus?.();
    }}, `Show all ${count(open.length)}`);
    return h("div", {}, h("div", {class: "alerts"}, shown.map((a) => this.#card(a))), more);
  }

  #card(alert) {
    const {pipeline, page} = this.#context;
    const onMap = page.map && (alert.kind === "imbalance" || alert.kind === "silence");
    return h("article", {class: `alert ${alert.kind}`},
      h("h3", {}, headline(alert)),
      h("p", {}, alert.why),
      h("p", {class: "note"}, [words(alert.decision), `since ${hour(alert.raised)}`, distance(alert)].filter(Boolean).join(" · "),
        onMap && [" · ", h("a", {href: address(pipeline, "map", new URLSearchParams({place: alert.subject}))}, "Map")]));
  }

  #table(history) {
    if (history.length === 0) {
      this.#history.replaceChildren(state("Nothing was decided", "No alert of these hours and decisions."));
      return;
    }
    const scrolled = this.#history.querySelector(".scroll")?.scrollTop ?? 0;
    const columns = [{name: "Hour"}, {name: "State"}, {name: "Decision"}, {name: "About"}, {name: "Value", number: true}, {name: "Normal", number: true}, {name: "Why"}];
    const more = history.length === this.#limit && this.#limit < MOST && h("button", {type: "button", class: "quiet", onclick: () => {
      this.#limit = Math.min(MOST, this.#limit * 3);
      this.#load();
    }}, "Show older ones");
    this.#history.replaceChildren(
      table("Decisions, the newest first", columns, history.map((a) => [
        hour(a.hour), h("span", {class: `tag ${a.state}`}, words(a.state)), words(a.decision), a.subject || "the whole pipeline",
        amount(a.value), normal(a), a.why])), more || "");
    this.#history.querySelector(".scroll").scrollTop = scrolled;
  }

  close() {
    this.#turn++;
    clearTimeout(this.#timer);
    this.stop();
    this.#refresher.stop();
  }
}

export const mount = (host, context) => new DecisionsView(host, context);
