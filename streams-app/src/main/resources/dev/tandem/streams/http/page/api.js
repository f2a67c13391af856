// Asks the API: a few requests at a time, answers shared between those that ask the same, patient when told to wait.

const MOST_AT_ONCE = 3;
const waiting = [];
const running = new Map();
let busy = 0;

export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function request(path) {
  for (let attempt = 0; ; attempt++) {
    let response;
    try {
      response = await fetch(path, {headers: {accept: "application/json"}});
    } catch {
      throw new ApiError("Tandem does not answer", 0);
    }
    if (response.ok) return response.json();
    if ((response.status === 429 || response.status === 503) && attempt < 4) {
      await pause(1000 * Math.max(1, Number(response.headers.get("retry-after")) || 2 ** attempt / 2));
      continue;
    }
    if (response.status === 401) location.assign("/login");
    const body = await response.json().catch(() => ({}));
    throw new ApiError(body.error ?? `HTTP ${response.status}`, response.status);
  }
}

function next() {
  while (busy < MOST_AT_ONCE && waiting.length > 0) {
    const {path, resolve, reject} = waiting.shift();
    busy++;
    const shared = running.get(path);
    request(path).then(resolve, reject).finally(() => {
      busy--;
      if (running.get(path) === shared) running.delete(path);
      next();
    });
  }
}

/** From now on nobody shares an answer that was asked for before: it may be older than what happened meanwhile. */
export const askAnew = () => running.clear();

/** GET as JSON. */
export function get(path) {
  if (!running.has(path)) {
    running.set(path, new Promise((resolve, reject) => waiting.push({path, resolve, reject})));
    next();
  }
  return running.get(path);
}

export const pipelinePath = (pipeline) => `/api/v1/${encodeURIComponent(pipeline)}`;

/** A query: {from, to, by, where: [[dimension, value]], roll, metric, top, ranges}. */
export function query(pipeline, aggregate, q) {
  const parameters = new URLSearchParams();
  for (const name of ["from", "to", "roll", "metric", "top", "ranges"]) {
    if (q[name] !== undefined && q[name] !== null && q[name] !== "") parameters.set(name, q[name]);
  }
  if (q.by !== undefined) parameters.set("by", q.by.join(","));
  for (const [dimension, value] of q.where ?? []) parameters.append("where", `${dimension}:${value}`);
  return get(`${pipelinePath(pipeline)}/aggregates/${encodeURIComponent(aggregate)}?${parameters}`);
}

/** The number that a metric names in a row, "duration_s.avg"; null when the row has none. */
export function number(row, metric) {
  const [name, part] = metric.split(".");
  const value = part ? row?.[name]?.[part] : row?.[name];
  return value === undefined || value === null ? null : Number(value);
}
