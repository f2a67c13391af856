// Places at their coordinates: sized by departures, coloured by net flow, with the routes of a chosen one.
import * as L from "/lib/leaflet-1.9.4.js";
import {alerts, headline, move} from "/page/alerts.js";
import {colours} from "/page/chart.js";
import {h, state, table} from "/page/dom.js";
import {count, words} from "/page/format.js";
import {Filter} from "/page/filter.js";
import {Refresher} from "/page/live.js";
import {address, current, go} from "/page/place.js";
import {places, routes} from "/page/places.js";

const LARGEST_RADIUS = 26;

/** A colour between two of the form #rrggbb. */
function mix(from, to, share) {
  const part = (hex, i) => Number.parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);
  return `#${[0, 1, 2].map((i) => Math.round(part(from, i) + (part(to, i) - part(from, i)) * share).toString(16).padStart(2, "0")).join("")}`;
}

/** Net flow against all traffic: −20 % and less to +20 % and more. */
function flowColour({net, out, in: into}, c) {
  const share = Math.max(-1, Math.min(1, net / Math.max(1, out + into) / 0.2));
  return share < 0 ? mix(c.neutral, c.minus, -share) : mix(c.neutral, c.plus, share);
}

const signed = (n) => (n > 0 ? `+${count(n)}` : n < 0 ? `−${count(-n)}` : "0");

class MapView {
  #context;
  #filter;
  #map;
  #markers = L.layerGroup();
  #lines = L.layerGroup();
  #known = {all: []};
  #open = new Map();
  #fitted = false;
  #turn = 0;
  #sizes;
  #refresher;
  #redraw = () => this.#draw();
  #note = h("p", {class: "note"});
  #badge = h("span", {class: "badge", hidden: true}, "partial");
  #side = h("div", {class: "side"});
  #list = h("div", {class: "list"});

  constructor(host, context) {
    this.#context = context;
    // The filter bar with dates alone: arrivals and departures do not have the same dimensions.
    this.#filter = new Filter({...context, page: {...context.page, filters: []}}, "map");
    const box = h("div", {class: "leaflet", role: "application", "aria-label": "Map of places; the same numbers are in the table beside it"});
    host.append(
      h("h1", {}, "Map"), this.#filter.element,
      h("div", {class: "mapgrid"},
        h("section", {class: "panel loading", "aria-label": "Map"}, box, this.#legend()),
        h("section", {class: "panel", "aria-label": "Places"}, this.#side, this.#list)));
    this.panel = host.querySelector(".panel");
    this.#map = L.map(box, {preferCanvas: true, zoomSnap: 0.25, attributionControl: false, zoomControl: true}).setView([0, 0], 2);
    const {tiles, attribution} = context.page.map;
    if (tiles) {
      L.tileLayer(tiles, {maxZoom: 19}).addTo(this.#map);
      L.control.attribution({prefix: false}).addAttribution(h("span", {}, attribution).innerHTML).addTo(this.#map);
    }
    L.control.scale({position: "bottomleft"}).addTo(this.#map);
    this.#markers.addTo(this.#map);
    this.#lines.addTo(this.#map);
    this.#sizes = new ResizeObserver(() => this.#map.invalidateSize());
    this.#sizes.observe(box);
    addEventListener("themechange", this.#redraw);
    this.#refresher = new Refresher(() => this.#load(false));
    const {departures, arrivals} = context.page.map;
    this.stop = context.live.listen((change) => {
      if (change.alerts || (!change.ledger && (change.aggregate === null || change.aggregate === departures || change.aggregate === arrivals))) this.#refresher.soon();
    });
    this.#filter.look().catch(() => {});
    this.#load(true);
  }

  #legend() {
    return h("div", {class: "legend"}, h("span", {}, "Size: departures"), h("span", {class: "ramp"}, h("span", {}, "more leave"), h("i", {"aria-hidden": "true"}), h("span", {}, "more arrive")),
      this.#context.page.decisions.length > 0 && h("span", {class: "ring"}, h("i", {"aria-hidden": "true"}), "open decision"), this.#note, this.#badge);
  }

  moved() {
    this.#filter.moved();
    this.#load(true);
  }

  async #load(fresh) {
    const turn = ++this.#turn;
    if (fresh) this.panel.classList.add("loading");
    try {
      const [known, open] = await Promise.all([
        places(this.#context.pipeline, this.#context.page.map, this.#filter.value()),
        this.#context.page.decisions.length > 0 ? alerts(this.#context.pipeline, {state: "open", limit: 1000}) : [],
      ]);
      if (turn !== this.#turn) return;
      this.#known = known;
      this.#open = new Map(open.filter((a) => a.kind === "imbalance" || a.kind === "silence").map((a) => [a.subject, a]));
      this.#badge.hidden = known.complete;
      const {out, in: into} = known.outside;
      this.#note.textContent = out + into > 0 ? `Not on the map: ${count(out)} departures and ${count(into)} arrivals outside a place.` : "";
      if (!this.#fitted && known.all.length > 0) {
        this.#map.fitBounds(known.all.map((p) => [p.lat, p.lon]), {padding: [24, 24]});
        this.#fitted = true;
      }
      this.#draw();
      this.#table();
      await this.#choose(turn);
    } catch (e) {
      if (turn === this.#turn && this.#known.all.length === 0) this.#side.replaceChildren(state("No answer", e.message, "error"));
    }
    this.panel.classList.remove("loading");
  }

  get #chosen() {
    return this.#known.all.find((p) => p.name === current().parameters.get("place"));
  }

  #draw() {
    const style = getComputedStyle(document.documentElement);
    const c = {...colours(), neutral: style.getPropertyValue("--neutral").trim(), second: style.getPropertyValue("--second").trim()};
    const most = Math.max(1, ...this.#known.all.map((p) => p.out));
    const one = this.#chosen;
    this.#markers.clearLayers();
    for (const place of this.#known.all) {
      const chosen = place === one;
      const opacity = one && !chosen ? 0.3 : 0.86;
      const open = this.#open.get(place.name);
      if (open) L.circleMarker([place.lat, place.lon], {radius: 8 + LARGEST_RADIUS * Math.sqrt(place.out / most), color: c.second, weight: 3, opacity: one && !chosen ? 0.4 : 1, fill: false, interactive: false}).addTo(this.#markers);
      L.circleMarker([place.lat, place.lon], {radius: 3 + LARGEST_RADIUS * Math.sqrt(place.out / most), color: chosen ? c.text : c.card, weight: chosen ? 2.5 : 1, opacity, fillColor: flowColour(place, c), fillOpacity: opacity})
        .bindTooltip(h("div", {class: "tip"}, h("strong", {}, place.name), [["Departures", count(place.out)], ["Arrivals", count(place.in)], ["Net flow", signed(place.net)]].map(([n, v]) => h("div", {}, h("span", {}, n), h("b", {}, v))), open && h("p", {}, headline(open))), {direction: "top"})
        .on("click", () => this.#select(place.name))
        .addTo(this.#markers);
    }
  }

  #select(name) {
    const {parameters} = current();
    if (parameters.get("place") === name) parameters.delete("place");
    else parameters.set("place", name);
    go(address(this.#context.pipeline, "map", parameters));
  }

  async #choose(turn) {
    const place = this.#chosen;
    this.#lines.clearLayers();
    if (!place) {
      this.#drawMoves();
      this.#side.replaceChildren(this.#known.all.length === 0 ? state("Nothing here yet", "No events in this range.") : h("p", {class: "note"}, "Choose a place, on the map or in the list, to see its routes."));
      return;
    }
    const found = await routes(this.#context.pipeline, this.#context.page.map, place.name, this.#filter.value());
    if (turn !== this.#turn) return;
    this.#drawLines(place, found);
    const list = (title, entries) => [h("h3", {}, title), table(title, [{name: "Place"}, {name: words(this.#context.page.map.metric), number: true}], entries.slice(0, 6).map((r) => [r.name ?? "outside a place", count(r.n)]))];
    this.#side.replaceChildren(...[
      h("header", {}, h("h2", {}, place.name), h("button", {type: "button", class: "quiet", onclick: () => this.#select(place.name)}, "Close")),
      h("p", {class: "flow"}, h("span", {}, h("b", {}, count(place.out)), " departures"), h("span", {}, h("b", {}, count(place.in)), " arrivals"), h("span", {}, h("b", {}, signed(place.net)), " net")),
      this.#open.has(place.name) && h("p", {class: "decided"}, h("b", {}, headline(this.#open.get(place.name))), ` ${this.#open.get(place.name).why}`),
      ...list("Most go to", found.leaving), ...list("Most come from", found.coming)].filter(Boolean));
  }

  /** Where things should be taken, by the decisions that are open. */
  #drawMoves() {
    const spots = new Map(this.#known.all.map((p) => [p.name, p]));
    const colour = getComputedStyle(document.documentElement).getPropertyValue("--second").trim();
    for (const {from, to} of [...this.#open.values()].map(move).filter(Boolean)) {
      const [a, b] = [spots.get(from), spots.get(to)];
      if (a && b) L.polyline(arc(a, b, 1), {color: colour, weight: 2.5, dashArray: "6 5", interactive: false}).addTo(this.#lines);
    }
  }

  #drawLines(place, {leaving, coming}) {
    const c = colours();
    const spots = new Map(this.#known.all.map((p) => [p.name, p]));
    const most = Math.max(1, ...leaving.map((r) => r.n), ...coming.map((r) => r.n));
    for (const [list, colour, bend] of [[leaving, c.minus, 1], [coming, c.plus, -1]]) {
      for (const {name, n} of list) {
        const other = spots.get(name);
        if (other && other !== place) L.polyline(arc(place, other, bend), {color: colour, weight: 1 + 5 * (n / most), opacity: 0.9, interactive: false, lineCap: "round"}).addTo(this.#lines);
      }
    }
  }

  #table() {
    const scrolled = this.#list.querySelector(".scroll")?.scrollTop ?? 0;
    const chosen = this.#chosen;
    this.#list.replaceChildren(table("Places by departures", [{name: "Place"}, {name: "Departures", number: true}, {name: "Arrivals", number: true}, {name: "Net", number: true}],
      this.#known.all.map((p) => [h("button", {type: "button", class: "link", "aria-pressed": String(p === chosen), onclick: () => this.#select(p.name)}, p.name), count(p.out), count(p.in), signed(p.net)])));
    this.#list.querySelector(".scroll").scrollTop = scrolled;
  }

  close() {
    this.#turn++;
    removeEventListener("themechange", this.#redraw);
    this.stop();
    this.#refresher.stop();
    this.#sizes.disconnect();
    this.#map.remove();
  }
}

/** A curve between two places, bent to one side, so that both directions can be told apart. */
function arc(a, b, bend) {
  const middle = {lat: (a.lat + b.lat) / 2 + bend * 0.12 * (b.lon - a.lon), lon: (a.lon + b.lon) / 2 - bend * 0.12 * (b.lat - a.lat)};
  return [...Array(21).keys()].map((i) => {
    const t = i / 20;
    const of = (k) => (1 - t) ** 2 * a[k] + 2 * t * (1 - t) * middle[k] + t ** 2 * b[k];
    return [of("lat"), of("lon")];
  });
}

export const mount = (host, context) => new MapView(host, context);
