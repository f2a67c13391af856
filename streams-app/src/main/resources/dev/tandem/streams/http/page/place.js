// Where the user is, as the address says it: #/PIPELINE/VIEW?from=…&plan=…, so that a view can be bookmarked and sent.

export function current() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [pipeline = "", view = "", item = ""] = path.split("/").map(decodeURIComponent);
  return {pipeline, view, item, parameters: new URLSearchParams(query)};
}

export function address(pipeline, view, parameters = new URLSearchParams(), item = "") {
  const path = [pipeline, view, item].filter((p) => p !== "").map(encodeURIComponent).join("/");
  const query = parameters.toString();
  return `#/${path}${query ? `?${query}` : ""}`;
}

/** Goes there; the browser's back button comes back. */
export function go(hash) {
  if (location.hash !== hash) location.hash = hash;
}
