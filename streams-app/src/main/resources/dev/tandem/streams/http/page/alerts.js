// Alerts as people read them: what to do, what it is about, when.
import {get, pipelinePath} from "/page/api.js";
import {day, local} from "/page/format.js";

const numbers = new Intl.NumberFormat("en-US", {maximumFractionDigits: 1});
const HEADS = {
  imbalance: (s) => `${s} runs out of balance`,
  silence: (s) => `${s} has fallen silent`,
  outlier: (s) => `Check ${s}`,
  rejected_share: () => "Many records are rejected",
  trend: (s) => `${s} is trending`,
};

/** parameters: {state, decision, from, to, limit}; what is empty is not asked for. The newest first. */
export function alerts(pipeline, parameters) {
  const given = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value));
  return get(`${pipelinePath(pipeline)}/alerts?${given}`);
}

/** What to do, or what there is to see. */
export function headline({kind, subject, suggestion}) {
  if (!suggestion) return HEADS[kind](subject);
  const {action, count, partner} = suggestion;
  return action === "take_from"
    ? `Take ${count} from ${subject}${partner ? ` to ${partner}` : ""}`
    : `Bring ${count} to ${subject}${partner ? ` from ${partner}` : ""}`;
}

/** Where things should go from and to, of a suggestion that names both; else null. */
export function move({subject, suggestion}) {
  if (!suggestion?.partner) return null;
  const {action, partner, count} = suggestion;
  return action === "take_from" ? {from: subject, to: partner, count} : {from: partner, to: subject, count};
}

export const distance = ({suggestion}) => (suggestion?.distance_km ? `${numbers.format(suggestion.distance_km)} km away` : "");

export const amount = (n) => (n === null || n === undefined ? "–" : numbers.format(n));

/** "2.1 ± 3.2"; what is normal where that is known. */
export const normal = ({expected, spread}) => (expected === null ? "–" : `${amount(expected)}${spread === null ? "" : ` ± ${amount(spread)}`}`);

/** The hour, in the zone that its offset is of. */
export function hour(iso) {
  const {date, time} = local(iso);
  return `${day(date)}, ${time}`;
}
