// The page: which pipeline, which view, what is connected. Each view is a module with mount(host, context) → {close(), moved()?}.
import {get, pipelinePath} from "/page/api.js";
import {h, state} from "/page/dom.js";
import {Live} from "/page/live.js";
import {address, current, go} from "/page/place.js";

/** A view's module is fetched when it is first looked at. */
const VIEWS = [
  {id: "overview", title: "Overview", filtered: true, load: () => import("/page/overview.js")},
  {id: "map", title: "Map", filtered: true, load: () => import("/page/map.js"), shows: (page) => page.map !== null},
  {id: "decisions", title: "Decisions", load: () => import("/page/decisions.js"), shows: (page) => page.decisions.length > 0},
  {id: "corrections", title: "Corrections", load: () => import("/page/corrections.js")},
  {id: "health", title: "Health", load: () => import("/page/health.js")},
];
const main = document.getElementById("main");
const live = new Live(document.getElementById("live"));
let mounted = null;
let shown = "";
let listening = "";
let described = null;
let turn = 0;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The pipelines that are served; waits until there is one. */
async function pipelines() {
  for (;;) {
    try {
      const names = await get("/api/v1");
      if (names.length > 0) return names;
      main.replaceChildren(state("Starting", "The pipelines are being prepared."));
    } catch (e) {
      main.replaceChildren(state("Tandem does not answer", "Trying again every two seconds.", "error"));
    }
    await pause(2000);
  }
}

function navigation(names, pipeline, view, page) {
  const picker = h("select", {"aria-label": "Pipeline", onchange: (e) => go(address(e.target.value, view.id))},
    names.map((name) => h("option", {value: name, selected: name === pipeline}, name)));
  document.getElementById("pipelines").replaceChildren(names.length > 1 ? picker : h("span", {class: "pipeline"}, pipeline));
  const {parameters} = current();
  document.getElementById("views").replaceChildren(...VIEWS.filter((v) => v.shows?.(page) ?? true).map((v) =>
    h("a", {href: address(pipeline, v.id, v.filtered && view.filtered ? parameters : undefined), "aria-current": v === view ? "page" : null}, v.title)));
}

/** What every view needs to know of a pipeline, once it answers. */
async function describe(pipeline) {
  for (;;) {
    try {
      const [page, aggregates] = await Promise.all([get(`${pipelinePath(pipeline)}/page`), get(`${pipelinePath(pipeline)}/aggregates`)]);
      return {page, definitions: new Map(aggregates.map((a) => [a.name, a]))};
    } catch (e) {
      main.replaceChildren(state("No answer", e.message, "error"));
      await pause(2000);
    }
  }
}

async function show() {
  const mine = ++turn;
  const names = await pipelines();
  const place = current();
  const pipeline = names.includes(place.pipeline) ? place.pipeline : names[0];
  if (listening !== pipeline) {
    described = null;
    live.open((listening = pipeline));
  }
  described ??= await describe(pipeline);
  if (mine !== turn) return;
  const {page} = described;
  const view = VIEWS.find((v) => v.id === place.view && (v.shows?.(page) ?? true)) ?? VIEWS[0];
  navigation(names, pipeline, view, page);
  document.title = `${view.title} · ${pipeline} · Tandem`;
  const key = `${pipeline}/${view.id}`;
  if (key === shown) return mounted.moved?.();
  const {mount} = await view.load();
  if (mine !== turn) return;
  mounted?.close();
  shown = key;
  document.getElementById("zone").textContent = `Times in ${page.zone}`;
  const host = h("div", {class: `view ${view.id}`});
  main.replaceChildren(host);
  mounted = mount(host, {pipeline, live, ...described});
}

addEventListener("hashchange", show);
show();

const notice = document.getElementById("notice");
live.listen(() => notice.childElementCount && notice.replaceChildren());
new MutationObserver(() => {
  if (document.body.classList.contains("lost")) notice.replaceChildren(h("p", {class: "notice warn"}, "Disconnected. What you see is as of the last answer; it goes on when Tandem answers again."));
}).observe(document.body, {attributes: true, attributeFilter: ["class"]});
