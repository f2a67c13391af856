// An ECharts chart in an element: the page's colours in light and dark, sized with its element, described for screen readers.
import * as echarts from "/lib/echarts-5.5.0.js";
import {h} from "/page/dom.js";

export function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: of("text"), soft: of("soft"), line: of("line"), card: of("card"), accent: of("accent"), second: of("second"), warn: of("warn"),
    series: [1, 2, 3, 4, 5, 6].map((i) => of(`series-${i}`)), heat: [0, 1, 2, 3, 4].map((i) => of(`heat-${i}`)), plus: of("plus"), minus: of("minus"),
  };
}

/** Content of a tooltip: a title and lines of [name, value]. An element, because the page allows no style in markup. */
export function tip(title, lines) {
  return h("div", {class: "tip"}, h("strong", {}, title), lines.map(([name, value]) => h("div", {}, h("span", {}, name), h("b", {}, value))));
}

export class Chart {
  #chart = null;
  #option = null;
  #element;
  #observer;
  #redraw = () => this.#draw(false);

  /** @param onclick gets ECharts' event of what was clicked */
  constructor(element, onclick) {
    this.#element = element;
    element.setAttribute("role", "img");
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(element);
    addEventListener("themechange", this.#redraw);
    this.onclick = onclick;
  }

  /** option: colours and width → ECharts option; label: what a screen reader says in place of the picture. */
  show(option, label) {
    const first = this.#option === null;
    this.#option = option;
    this.#element.setAttribute("aria-label", label);
    this.#draw(!first);
  }

  #resize() {
    if (!this.#chart || this.#chart.getWidth() === this.#element.clientWidth) return;
    this.#chart.resize();
    this.#draw(false);
  }

  #draw(animate) {
    if (!this.#option) return;
    if (!this.#chart) {
      this.#chart = echarts.init(this.#element, null, {renderer: "canvas"});
      if (this.onclick) this.#chart.on("click", this.onclick);
    }
    const c = {...colours(), width: this.#element.clientWidth};
    this.#chart.setOption({
      animation: animate && !matchMedia("(prefers-reduced-motion: reduce)").matches,
      animationDurationUpdate: 250,
      textStyle: {fontFamily: getComputedStyle(document.body).fontFamily, color: c.text, fontSize: 12},
      ...this.#option(c),
    }, {notMerge: !animate});
  }

  close() {
    removeEventListener("themechange", this.#redraw);
    this.#observer.disconnect();
    this.#chart?.dispose();
  }
}

export const tooltip = (c) => ({
  confine: true, backgroundColor: c.card, borderColor: c.line, borderWidth: 1, padding: [7, 10], textStyle: {color: c.text, fontSize: 12}, transitionDuration: 0,
});

export const valueAxis = (c, format) => ({
  type: "value", axisLabel: {color: c.soft, formatter: format, fontSize: 11}, splitLine: {lineStyle: {color: c.line}}, splitNumber: 4, axisLine: {show: false},
});

export const categoryAxis = (c, data, more = {}) => ({
  type: "category", data, axisTick: {show: false}, axisLine: {lineStyle: {color: c.line}}, ...more, axisLabel: {color: c.soft, fontSize: 11, ...more.axisLabel},
});
