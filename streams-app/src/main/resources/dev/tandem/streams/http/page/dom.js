// Elements in one expression: h("p", {class: "note"}, "text", child). Text is never read as markup.

export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
  return element;
}

/** A table with a caption for screen readers. columns: {name, number?}; rows: arrays of text or elements. */
export function table(caption, columns, rows) {
  const cell = (name, column, content) => h(name, {class: column.number ? "num" : null, scope: name === "th" ? "col" : null}, content);
  return h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": caption},
    h("table", {},
      h("caption", {class: "hidden"}, caption),
      h("thead", {}, h("tr", {}, columns.map((c) => cell("th", c, c.name)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((value, i) => cell("td", columns[i], value)))))));
}

/** A panel of one number, or of what stands for one. */
export function figure(title, value, note) {
  return h("section", {class: "panel number", "aria-label": title}, h("header", {}, h("h2", {}, title)), h("div", {class: "body"}, h("p", {class: "figure"}, value), h("p", {class: "note"}, note)));
}

/** A designed state in place of content: nothing there, an error. */
export function state(title, detail = "", kind = "empty") {
  return h("div", {class: `state ${kind}`}, h("strong", {}, title), detail && h("p", {}, detail));
}
