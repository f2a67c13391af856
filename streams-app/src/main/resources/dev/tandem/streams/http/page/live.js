// What changes, as server-sent events of one pipeline. Says whether it is connected, and when there is something new.
import {askAnew} from "/page/api.js";

export class Live {
  #source = null;
  #listeners = new Set();
  #ledgers = [];
  #fresh = false;
  #indicator;

  constructor(indicator) {
    this.#indicator = indicator;
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.#tell({aggregate: null});
    });
  }

  /** Listens to a pipeline instead of the one before. */
  open(pipeline) {
    this.close();
    this.#show("connecting", "Connecting…");
    const source = new EventSource(`/api/v1/${encodeURIComponent(pipeline)}/stream`);
    this.#source = source;
    // The first ledger says that nothing is left untold from now on; what changed before it, nobody has told.
    source.addEventListener("open", () => {
      this.#fresh = true;
      this.#show("live", "Live");
    });
    source.addEventListener("missed", () => this.#tell({aggregate: null}));
    source.addEventListener("rows", (e) => this.#tell(JSON.parse(e.data)));
    source.addEventListener("alert", (e) => this.#tell({alerts: JSON.parse(e.data)}));
    source.addEventListener("ledger", (e) => this.#ledger(JSON.parse(e.data)));
    source.addEventListener("error", () => {
      this.#ledgers = [];
      this.#show("lost", "Disconnected, trying again");
      if (source.readyState === EventSource.CLOSED) setTimeout(() => this.#source === source && this.open(pipeline), 3000);
    });
  }

  close() {
    this.#source?.close();
    this.#source = null;
    this.#ledgers = [];
  }

  /** listener({aggregate, changed}), ({alerts}) or ({ledger, rate}); aggregate null: anything may have changed. Returns how to stop. */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get connected() {
    return this.#source?.readyState === EventSource.OPEN;
  }

  #tell(change) {
    this.#listeners.forEach((listener) => listener(change));
  }

  #ledger(ledger) {
    if (this.#fresh) this.#tell({aggregate: null});
    this.#fresh = false;
    const now = performance.now();
    this.#ledgers.push({now, read: ledger.read});
    while (this.#ledgers.length > 2 && now - this.#ledgers[0].now > 6000) this.#ledgers.shift();
    const first = this.#ledgers[0];
    const rate = now > first.now ? (1000 * (ledger.read - first.read)) / (now - first.now) : 0;
    this.#show("live", rate >= 1 ? `Live · ${Math.round(rate).toLocaleString("en-US")} events/s` : "Live");
    this.#listeners.forEach((listener) => listener({ledger, rate}));
  }

  #show(state, text) {
    if (this.#indicator.dataset.state !== state) this.#indicator.dataset.state = state;
    const label = this.#indicator.querySelector("span");
    if (label.textContent !== text) label.textContent = text;
    document.body.classList.toggle("lost", state === "lost");
  }
}

/** Calls back when something came, but not more often than the work itself allows: it rests four times as long as the work took. */
export class Refresher {
  #work;
  #timer = 0;
  #running = false;
  #again = false;
  #rest = 1500;

  /** work: returns a promise. */
  constructor(work) {
    this.#work = work;
  }

  soon() {
    if (this.#running) this.#again = true;
    else if (!this.#timer) this.#timer = setTimeout(() => this.#run(), this.#rest);
  }

  async #run() {
    this.#timer = 0;
    if (document.hidden) return;
    this.#running = true;
    const began = performance.now();
    askAnew();
    try {
      await this.#work();
    } finally {
      this.#rest = Math.min(30000, Math.max(1500, 4 * (performance.now() - began)));
      this.#running = false;
      if (this.#again) {
        this.#again = false;
        this.soon();
      }
    }
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#again = false;
  }
}
