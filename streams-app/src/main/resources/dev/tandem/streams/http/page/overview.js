// The panels of a pipeline under one filter, moving as events arrive.
import {h} from "/page/dom.js";
import {words} from "/page/format.js";
import {Filter} from "/page/filter.js";
import {Refresher} from "/page/live.js";
import {Panel} from "/page/panel.js";

const LATER = 10000;

export function mount(host, context) {
  const filter = new Filter(context, "overview");
  const panels = context.page.panels.map((panel) => new Panel(panel, {
    pipeline: context.pipeline,
    definitions: context.definitions,
    filter: () => filter.value(),
    range: () => filter.range(),
    select: (dimension, value) => filter.select(dimension, value),
    selectable: (dimension) => filter.selectable(dimension),
  }));
  host.append(
    h("h1", {}, context.page.description || words(context.pipeline)),
    filter.element,
    h("div", {class: "grid"}, panels.map((p) => p.element)));

  const dirty = new Set();
  let later = 0;
  const refresher = new Refresher(async () => {
    const now = panels.filter((p) => dirty.has(p.source));
    dirty.clear();
    await Promise.allSettled([filter.look(), ...now.map((p) => p.load(false))]);
    askLater(now);
  });
  /** No event says when a partition answers again: who got a part, or nothing, asks again after a while. */
  const askLater = (asked) => {
    const unsettled = asked.filter((p) => p.source && !p.settled);
    if (unsettled.length === 0 || later) return;
    unsettled.forEach((p) => dirty.add(p.source));
    later = setTimeout(() => {
      later = 0;
      refresher.soon();
    }, LATER);
  };
  const stop = context.live.listen((change) => {
    if (change.ledger || change.alerts) return;
    if (change.aggregate === null) panels.forEach((p) => dirty.add(p.source));
    else dirty.add(change.aggregate);
    if (panels.some((p) => dirty.has(p.source))) refresher.soon();
  });
  filter.look().catch(() => {}).then(() => Promise.all(panels.map((p) => p.load(true)))).then(() => askLater(panels));
  return {
    moved() {
      filter.moved();
      panels.forEach((p) => p.load(true));
    },
    close() {
      stop();
      clearTimeout(later);
      refresher.stop();
      panels.forEach((p) => p.close());
    },
  };
}
