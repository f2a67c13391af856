// What a run vouches for: digests of the rows as they should be, to compare with a recomputation by anyone.
import {h, table} from "/page/dom.js";
import {count, day, words} from "/page/format.js";

export function certificate(run) {
  const {aggregates, certificate: signed} = run.report;
  const whole = aggregates.map((a) => [words(a.aggregate), count(a.rows), h("code", {}, a.digest ?? `${a.ids} ${a.states}`)]);
  const ranges = signed?.ranges ?? [];
  return h("section", {class: "panel wide", "aria-label": "Certificate"}, h("header", {}, h("h2", {}, "Certificate"), h("span", {class: "headline"}, `epoch ${run.epoch}: digests of all rows in the range, as they should be`)),
    h("div", {class: "body"},
      table("Certificate", [{name: "Aggregate"}, {name: "Rows", number: true}, {name: signed ? "Digests of ids and states" : "Digest"}], whole),
      ranges.length > 0 && h("details", {}, h("summary", {}, `By ${signed.grain}, ${count(ranges.length)} digests (${signed.hash})`),
        table("Certificate by range", [{name: "Aggregate"}, {name: "From"}, {name: "To"}, {name: "Rows", number: true}, {name: "Ids"}, {name: "States"}],
          ranges.map((r) => [words(r.aggregate), day(r.from.slice(0, 10)), day(r.to.slice(0, 10)), count(r.rows), h("code", {}, r.ids), h("code", {}, r.states)])))));
}
