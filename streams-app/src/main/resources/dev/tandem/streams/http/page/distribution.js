// A histogram: the counts of its ranges in bars of equal width, up to the 99th percentile, with median and 95th percentile.
import {tip, tooltip, valueAxis} from "/page/chart.js";
import {compact, count, percent, withUnit} from "/page/format.js";

const BARS = 48;

const of = (panel, rows) => rows[0]?.[panel.metric];
const numbers = (histogram) => histogram.ranges.map((r) => r.map(Number));

/** A width in which people count: 1, 2, 2.5, 5 × 10ⁿ; of seconds also halves and wholes of minutes and hours. */
export function niceWidth(least, unit) {
  const seconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 86400];
  if (unit === "s") return seconds.find((w) => w >= least) ?? 86400 * Math.ceil(least / 86400);
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 2.5, 5, 10].map((f) => f * power).find((w) => w >= least * 0.999);
}

/** All labels of an axis in one unit, the one that fits its end. */
function axisLabel(end, unit) {
  if (unit !== "s") return (v) => (v === 0 ? "0" : withUnit(v, unit));
  const [size, name] = end <= 180 ? [1, "s"] : end <= 18000 ? [60, "min"] : [3600, "h"];
  return (v) => (v === 0 ? "0" : `${Math.round((10 * v) / size) / 10} ${name}`);
}

/** A range's values lie evenly in it: its count is shared among the bars that it touches. */
export function bins(ranges, width, end, step) {
  const counts = new Array(Math.max(1, Math.round(end / width))).fill(0);
  for (const [low, high, n] of ranges) {
    const to = high + step;
    for (let i = Math.max(0, Math.floor(low / width + 1e-9)); i < counts.length && i * width < to - 1e-9; i++) {
      counts[i] += (n * (Math.min(to, (i + 1) * width) - Math.max(low, i * width))) / (to - low);
    }
  }
  return counts;
}

export const distribution = {
  height: 230,
  query: () => ({roll: "none", by: [], ranges: true}),
  empty: (rows, panel) => !of(panel, rows)?.count,
  headline: (panel, rows) => (of(panel, rows)?.count ? `median ${withUnit(Number(of(panel, rows).p50), panel.unit)} · 95 % under ${withUnit(Number(of(panel, rows).p95), panel.unit)}` : null),
  draw(panel, rows) {
    const histogram = of(panel, rows);
    const ranges = numbers(histogram);
    const step = String(histogram.p50).includes(".") ? 10 ** -String(histogram.p50).split(".")[1].length : 1;
    const width = niceWidth(Math.max(step, Number(histogram.p99) / BARS), panel.unit);
    const end = width * Math.max(1, Math.ceil(Number(histogram.p99) / width));
    const counts = bins(ranges, width, end, step);
    const mark = (name, value, c) => ({xAxis: Number(value), label: {formatter: `${name} ${withUnit(Number(value), panel.unit)}`, color: c.text, fontSize: 11, distance: 6}});
    return {
      label: `${panel.title}: ${this.headline(panel, rows)}, ${count(histogram.count)} values`,
      option: (c) => ({
        grid: {left: 8, right: 18, top: 26, bottom: 4, containLabel: true},
        tooltip: {...tooltip(c), trigger: "axis", axisPointer: {snap: true, lineStyle: {color: c.soft}}, formatter: ([p]) => tip(`${withUnit(p.value[0], panel.unit)} – ${withUnit(p.value[0] + width, panel.unit)}`, [["Values", `≈ ${count(p.value[1])}`], ["Share", percent(p.value[1] / histogram.count)]])},
        xAxis: {type: "value", min: 0, max: end, interval: niceWidth(end / 8, panel.unit), axisLabel: {color: c.soft, fontSize: 11, hideOverlap: true, showMaxLabel: false, formatter: axisLabel(end, panel.unit)}, splitLine: {show: false}, axisLine: {lineStyle: {color: c.line}}, axisTick: {show: false}},
        yAxis: {...valueAxis(c, compact), axisTick: {show: false}},
        series: [{
          type: "line", step: "end", symbol: "none", data: [...counts, counts[counts.length - 1]].map((n, i) => [i * width, Math.round(n)]), lineStyle: {color: c.accent, width: 1.5}, itemStyle: {color: c.accent}, areaStyle: {color: c.accent, opacity: 0.16},
          markLine: {silent: true, symbol: "none", animation: false, lineStyle: {color: c.text, type: "dashed", width: 1}, data: [mark("p50", histogram.p50, c), mark("p95", histogram.p95, c)]},
        }],
      }),
    };
  },
  table: (panel, rows) => ({
    columns: [{name: "Quantile"}, {name: panel.title, number: true}],
    rows: ["p50", "p90", "p95", "p99"].map((q) => [q, withUnit(Number(of(panel, rows)[q]), panel.unit)]).concat([["values", count(of(panel, rows).count)]]),
  }),
};
