// The kinds of panels. Each says what it asks (query), what it shows of the rows (draw, on a chart), and the same as a table.
import {number} from "/page/api.js";
import {categoryAxis, tip, tooltip, valueAxis} from "/page/chart.js";
import {compact, count, measure, percent, windowName, withUnit, words} from "/page/format.js";

const DAYS = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];
const DAY_NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const NOBODY = "(none)";
/** More values of a dimension than this are not added up by the page. */
const ALL_VALUES = 1000;

/** Whole numbers over the axis, with the unit that fits the largest. */
const axisFormat = (unit) => (value) => (unit === "s" ? withUnit(value, unit) : compact(value));
const labelOf = (value) => (value === null ? NOBODY : String(value));

export const numberKind = {
  query: () => ({roll: "none", by: []}),
  value: (panel, rows) => measure(rows.length ? number(rows[0], panel.metric) : panel.metric.includes(".") ? null : 0, panel.unit),
};

const WINDOW_MILLIS = {minute: 6e4, hour: 36e5, day: 864e5, week: 7 * 864e5, month: 31 * 864e5};

/** Local time n windows later. */
function later(local, roll, n) {
  const at = new Date(`${local}Z`);
  if (roll === "month") at.setUTCMonth(at.getUTCMonth() + n);
  else at.setTime(at.getTime() + n * WINDOW_MILLIS[roll]);
  return at.toISOString().slice(0, 19);
}

/** [local time, value] of rows in order. Where windows have no row, counts and sums fall to 0 and come back, and other values leave a gap. */
function points(panel, rows, roll) {
  const nothing = /\.(?!sum$|count$)/.test(panel.metric) ? null : 0;
  return rows.flatMap((row, i) => {
    const local = row.window.slice(0, 19);
    const point = [local, number(row, panel.metric)];
    const before = rows[i - 1];
    // A day may have 23 or 25 hours, and a month 28 days.
    if (!before || Date.parse(row.window) - Date.parse(before.window) < 1.5 * WINDOW_MILLIS[roll]) return [point];
    return [[later(before.window.slice(0, 19), roll, 1), nothing], [later(local, roll, -1), nothing], point];
  });
}

export const line = {
  height: 260,
  query: (panel, roll) => ({roll, by: []}),
  empty: (rows) => rows.length === 0,
  draw(panel, rows, roll) {
    const data = points(panel, rows, roll);
    const top = rows.reduce((a, b) => (number(b, panel.metric) > number(a, panel.metric) ? b : a));
    return {
      label: `${panel.title}: ${rows.length} values, the largest ${withUnit(number(top, panel.metric), panel.unit)} (${windowName(top.window, roll)})`,
      option: (c) => ({
        grid: {left: 8, right: 14, top: 14, bottom: 4, containLabel: true},
        tooltip: {...tooltip(c), trigger: "axis", axisPointer: {lineStyle: {color: c.soft}}, formatter: ([p]) => tip(windowName(p.value[0], roll), [[words(panel.metric), withUnit(p.value[1], panel.unit)]])},
        xAxis: {type: "time", axisLabel: {color: c.soft, fontSize: 11, hideOverlap: true, formatter: {year: "{yyyy}", month: "{MMM}", day: "{d} {MMM}"}}, axisLine: {lineStyle: {color: c.line}}, axisTick: {show: false}},
        yAxis: valueAxis(c, axisFormat(panel.unit)),
        series: [{type: "line", data, showSymbol: data.length < 40, symbolSize: 5, lineStyle: {width: 2, color: c.accent}, itemStyle: {color: c.accent}, areaStyle: {color: c.accent, opacity: 0.1}}],
      }),
    };
  },
  table: (panel, rows, roll) => ({
    columns: [{name: "From"}, {name: panel.title, number: true}],
    rows: rows.map((r) => [windowName(r.window, roll), withUnit(number(r, panel.metric), panel.unit)]),
  }),
};

export const heatmap = {
  height: 260,
  query: () => ({roll: "hour-of-week", by: []}),
  empty: (rows) => rows.length === 0,
  /** All hours of a week; of those without rows 0. */
  cells(panel, rows) {
    const values = new Map(rows.map((r) => [r.window, number(r, panel.metric)]));
    return DAYS.flatMap((name, day) => [...Array(24).keys()].map((hour) => ({day, hour, value: values.get(`${name}-${String(hour).padStart(2, "0")}`) ?? 0})));
  },
  draw(panel, rows) {
    const cells = this.cells(panel, rows);
    const top = cells.reduce((a, b) => (b.value > a.value ? b : a));
    return {
      label: `${panel.title}: most on ${DAY_NAMES[top.day]} at ${top.hour}:00 with ${withUnit(top.value, panel.unit)}`,
      option: (c) => ({
        grid: {left: 36, right: 8, top: 8, bottom: 56},
        tooltip: {...tooltip(c), formatter: ({value: [hour, day, n]}) => tip(`${DAY_NAMES[day]} ${hour}:00 – ${hour + 1}:00`, [[words(panel.metric), withUnit(n, panel.unit)]])},
        xAxis: categoryAxis(c, [...Array(24).keys()], {axisLine: {show: false}, axisLabel: {interval: 2}}),
        yAxis: categoryAxis(c, DAY_NAMES, {inverse: true, axisLine: {show: false}}),
        visualMap: {min: 0, max: top.value, calculable: false, orient: "horizontal", left: "center", bottom: 0, itemWidth: 10, itemHeight: 120, text: [compact(top.value), "0"], textStyle: {color: c.soft, fontSize: 11}, inRange: {color: c.heat}},
        series: [{type: "heatmap", data: cells.map((x) => [x.hour, x.day, x.value]), itemStyle: {borderColor: c.card, borderWidth: 1.5, borderRadius: 2}, emphasis: {itemStyle: {borderColor: c.text}}}],
      }),
    };
  },
  table(panel, rows) {
    const cells = new Map(this.cells(panel, rows).map((x) => [`${x.day} ${x.hour}`, x.value]));
    return {
      columns: [{name: "Hour"}, ...DAY_NAMES.map((name) => ({name, number: true}))],
      rows: [...Array(24).keys()].map((hour) => [`${hour}:00`, ...DAYS.map((_, day) => withUnit(cells.get(`${day} ${hour}`) ?? 0, panel.unit))]),
    };
  },
};

/** Rows by value; those without value apart when the panel says what they are. */
function split(panel, rows) {
  const missing = panel.missing ? rows.find((r) => r.key[panel.by] === null) : undefined;
  return {shown: rows.filter((r) => r !== missing).slice(0, panel.top), missing};
}

export const bars = {
  height: 300,
  selects: true,
  query: (panel) => ({roll: "none", by: [panel.by], metric: panel.metric, top: panel.missing ? ALL_VALUES : panel.top}),
  empty: (rows) => rows.length === 0,
  /** How many lie outside, where all values are known and can be added. */
  headline(panel, rows) {
    if (!panel.missing || rows.length === 0 || rows.length >= ALL_VALUES || panel.metric.includes(".")) return null;
    const all = rows.reduce((sum, r) => sum + number(r, panel.metric), 0);
    const outside = number(split(panel, rows).missing, panel.metric) ?? 0;
    return `${percent(outside / all)} ${panel.missing}`;
  },
  draw(panel, rows) {
    const {shown} = split(panel, rows);
    const value = (r) => number(r, panel.metric);
    return {
      label: `${panel.title}: ${shown.slice(0, 3).map((r) => `${labelOf(r.key[panel.by])} ${withUnit(value(r), panel.unit)}`).join(", ")}`,
      option: (c) => ({
        grid: {left: Math.min(232, 0.44 * c.width) + 8, right: 56, top: 4, bottom: 4},
        tooltip: {...tooltip(c), formatter: (p) => tip(p.name, [[words(panel.metric), withUnit(p.value, panel.unit)]])},
        xAxis: {...valueAxis(c), show: false},
        yAxis: categoryAxis(c, shown.map((r) => labelOf(r.key[panel.by])), {inverse: true, axisLine: {show: false}, axisLabel: {color: c.text, fontSize: 12, width: Math.min(232, 0.44 * c.width), overflow: "truncate"}}),
        series: [{type: "bar", data: shown.map(value), barCategoryGap: "32%", itemStyle: {color: c.accent, borderRadius: [0, 3, 3, 0]}, label: {show: true, position: "right", color: c.soft, fontSize: 12, formatter: (p) => withUnit(p.value, panel.unit)}}],
      }),
    };
  },
  values: (panel, rows) => split(panel, rows).shown.map((r) => r.key[panel.by]),
  table: (panel, rows) => ({
    columns: [{name: words(panel.by)}, {name: words(panel.metric), number: true}],
    rows: split(panel, rows).shown.map((r) => [labelOf(r.key[panel.by]), withUnit(number(r, panel.metric), panel.unit)]),
  }),
};

export const share = {
  height: 76,
  selects: true,
  query: (panel) => ({roll: "none", by: [panel.by], metric: panel.metric, top: panel.top}),
  empty: (rows) => rows.length === 0,
  draw(panel, rows) {
    const all = rows.reduce((sum, r) => sum + number(r, panel.metric), 0);
    const part = (r) => number(r, panel.metric) / all;
    // Of a letter 7, of a mark with what is around it 28 pixels.
    const legend = rows.reduce((sum, r) => sum + 7 * `${labelOf(r.key[panel.by])} ${percent(part(r))}`.length + 28, 0);
    return {
      label: `${panel.title}: ${rows.map((r) => `${labelOf(r.key[panel.by])} ${percent(part(r))}`).join(", ")}`,
      option: (c) => ({
        grid: legend > c.width ? {left: 0, right: 0, top: 0, bottom: 54} : {left: 0, right: 0, top: 6, bottom: 34},
        legend: {bottom: 0, left: 0, icon: "roundRect", itemWidth: 9, itemHeight: 9, itemGap: 14, textStyle: {color: c.text, fontSize: 12}, selectedMode: false, formatter: (name) => `${name} ${percent(part(rows.find((r) => labelOf(r.key[panel.by]) === name)))}`},
        tooltip: {...tooltip(c), formatter: (p) => tip(p.seriesName, [[words(panel.metric), count(p.value)], ["Share", percent(p.value / all)]])},
        xAxis: {type: "value", max: all, show: false},
        yAxis: {type: "category", data: [panel.title], show: false},
        series: rows.map((r, i) => ({type: "bar", stack: "all", name: labelOf(r.key[panel.by]), data: [number(r, panel.metric)], barWidth: legend > c.width ? 18 : 26, itemStyle: {color: c.series[i % c.series.length], borderColor: c.card, borderWidth: 1}})),
      }),
    };
  },
  values: (panel, rows) => rows.map((r) => r.key[panel.by]),
  table(panel, rows) {
    const all = rows.reduce((sum, r) => sum + number(r, panel.metric), 0);
    return {
      columns: [{name: words(panel.by)}, {name: words(panel.metric), number: true}, {name: "Share", number: true}],
      rows: rows.map((r) => [labelOf(r.key[panel.by]), count(number(r, panel.metric)), percent(number(r, panel.metric) / all)]),
    };
  },
};

export {distribution} from "/page/distribution.js";
