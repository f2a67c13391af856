// The filter bar: a range of dates and a value for each dimension that the pipeline names. It lives in the address.
import {query} from "/page/api.js";
import {h} from "/page/dom.js";
import {addDays, words} from "/page/format.js";
import {address, current, go} from "/page/place.js";

const FEW = 12;
const MANY = 500;
const PRESETS = [["all", "All time", null], ["7", "Last 7 days", 7], ["30", "Last 30 days", 30], ["90", "Last 90 days", 90], ["365", "Last 12 months", 365]];
const WINDOWS = ["minute", "hour", "day", "week", "month"];

export class Filter {
  #context;
  #view;
  #extent = null;
  #inputs = new Map();

  constructor(context, view) {
    this.#context = context;
    this.#view = view;
    this.from = h("input", {type: "date", id: "from", onchange: () => this.#dates()});
    this.to = h("input", {type: "date", id: "to", onchange: () => this.#dates()});
    this.preset = h("select", {id: "preset", onchange: () => this.#choose()}, PRESETS.map(([value, name]) => h("option", {value}, name)), h("option", {value: "custom", hidden: true}, "Chosen dates"));
    this.clear = h("button", {type: "button", class: "quiet", hidden: true, onclick: () => this.#go(new URLSearchParams())}, "Clear");
    const field = (name, input) => h("label", {}, h("span", {}, name), input);
    this.dimensions = h("div", {class: "group"});
    this.element = h("form", {class: "filter", "aria-label": "Filter", onsubmit: (e) => e.preventDefault()},
      h("div", {class: "group"}, field("Range", this.preset), field("From", this.from), field("To, inclusive", this.to)),
      this.dimensions, this.clear);
    this.#fill();
    this.moved();
  }

  /** As a query has it: to is exclusive; where holds pairs. */
  value() {
    const {parameters} = current();
    const to = parameters.get("to");
    return {
      from: parameters.get("from") ?? "",
      to: to ? addDays(to, 1) : "",
      where: this.#context.page.filters.filter((d) => parameters.has(d)).map((d) => [d, parameters.get(d)]),
    };
  }

  /** How fine a line over time should be, by the length of the range. */
  range() {
    const {from, to} = this.value();
    const first = from || this.#extent?.first;
    const last = to || (this.#extent && addDays(this.#extent.last, 1));
    const days = first && last ? (Date.parse(last) - Date.parse(first)) / 86400000 : 365;
    const roll = days <= 2 ? "minute" : days <= 7 ? "hour" : days <= 120 ? "day" : days <= 1500 ? "week" : "month";
    return {roll, in: (window) => WINDOWS[Math.max(WINDOWS.indexOf(roll), WINDOWS.indexOf(window))]};
  }

  selectable(dimension) {
    return this.#context.page.filters.includes(dimension);
  }

  /** Chooses a value of a dimension; the chosen one again: all. */
  select(dimension, value) {
    if (!this.selectable(dimension)) return;
    const {parameters} = current();
    if (parameters.get(dimension) === value) parameters.delete(dimension);
    else parameters.set(dimension, value);
    this.#go(parameters);
  }

  /** The first and last day that have rows, for the presets and the dates' hints. */
  async look() {
    const name = this.#context.page.panels[0].sources[0];
    const {window} = this.#context.definitions.get(name);
    const roll = WINDOWS.indexOf(window) > 2 ? window : "day";
    const {rows} = await query(this.#context.pipeline, name, {roll, by: []});
    if (rows.length === 0) return;
    this.#extent = {first: rows[0].window.slice(0, 10), last: rows[rows.length - 1].window.slice(0, 10)};
    for (const input of [this.from, this.to]) {
      input.min = this.#extent.first;
      input.max = this.#extent.last;
    }
    this.moved();
  }

  /** Shows what the address says. */
  moved() {
    const {parameters} = current();
    const from = parameters.get("from");
    const to = parameters.get("to");
    this.from.value = from ?? this.#extent?.first ?? "";
    this.to.value = to ?? this.#extent?.last ?? "";
    this.preset.value = this.#presetOf(from, to);
    this.clear.hidden = parameters.size === 0;
    for (const [dimension, input] of this.#inputs) input.show(parameters.get(dimension));
  }

  #presetOf(from, to) {
    if (!from && !to) return "all";
    const last = this.#extent?.last;
    const match = PRESETS.find(([, , days]) => days && last && to === last && from === addDays(last, 1 - days));
    return match ? match[0] : "custom";
  }

  #choose() {
    const {parameters} = current();
    const days = PRESETS.find(([value]) => value === this.preset.value)[2];
    parameters.delete("from");
    parameters.delete("to");
    if (days && this.#extent) {
      parameters.set("from", addDays(this.#extent.last, 1 - days));
      parameters.set("to", this.#extent.last);
    }
    this.#go(parameters);
  }

  #dates() {
    const {parameters} = current();
    const wrong = this.from.value && this.to.value && this.to.value < this.from.value;
    this.to.setCustomValidity(wrong ? "The last day is before the first" : "");
    if (wrong) return this.to.reportValidity();
    for (const [name, input, edge] of [["from", this.from, this.#extent?.first], ["to", this.to, this.#extent?.last]]) {
      if (input.value && input.value !== edge) parameters.set(name, input.value);
      else parameters.delete(name);
    }
    this.#go(parameters);
  }

  #go(parameters) {
    go(address(this.#context.pipeline, this.#view, parameters));
  }

  /** One choice a dimension: a list where it has few values, else a text with suggestions. */
  async #fill() {
    for (const dimension of this.#context.page.filters) {
      const place = h("span", {});
      this.dimensions.append(place);
      try {
        const values = await this.#values(dimension);
        const input = values.length <= FEW ? this.#list(dimension, values) : this.#text(dimension, values);
        this.#inputs.set(dimension, input);
        place.replaceWith(h("label", {}, h("span", {}, words(dimension)), input.elements));
        input.show(current().parameters.get(dimension));
      } catch {
        place.replaceWith(h("label", {}, h("span", {}, words(dimension)), h("input", {disabled: true, placeholder: "not known now"})));
      }
    }
  }

  async #values(dimension) {
    const aggregate = [...this.#context.definitions.values()].filter((a) => a.by.includes(dimension)).sort((a, b) => a.by.length - b.by.length)[0];
    const count = aggregate.metrics.find((m) => m.kind === "count");
    const {rows} = await query(this.#context.pipeline, aggregate.name, {roll: "none", by: [dimension], metric: count?.name, top: MANY});
    return rows.map((r) => r.key[dimension]).sort((a, b) => String(a ?? "").localeCompare(String(b ?? "")));
  }

  #list(dimension, values) {
    const options = values.map((v) => h("option", {value: v === null ? "\0none" : `=${v}`}, v === null ? "(none)" : String(v)));
    const input = h("select", {name: dimension, onchange: () => this.#set(dimension, input.value === "" ? null : input.value === "\0none" ? "" : input.value.slice(1))}, h("option", {value: ""}, "All"), options);
    return {elements: [input], show: (value) => (input.value = value === null ? "" : value === "" ? "\0none" : `=${value}`)};
  }

  #text(dimension, values) {
    const id = `values-${dimension}`;
    const known = new Set(values.map((v) => (v === null ? "(none)" : String(v))));
    const input = h("input", {name: dimension, list: id, placeholder: "All", autocomplete: "off", onchange: () => {
      const text = input.value.trim();
      const near = [...known].find((v) => v.toLowerCase() === text.toLowerCase());
      input.setCustomValidity(text && !near ? `No ${words(dimension).toLowerCase()} of this name: choose one of the list` : "");
      if (!input.reportValidity()) return;
      this.#set(dimension, text === "" ? null : near === "(none)" ? "" : near);
    }});
    return {elements: [input, h("datalist", {id}, [...known].map((v) => h("option", {value: v})))], show: (value) => (input.value = value === null ? "" : value === "" ? "(none)" : value)};
  }

  #set(dimension, value) {
    const {parameters} = current();
    if (value === null) parameters.delete(dimension);
    else parameters.set(dimension, value);
    this.#go(parameters);
  }
}
