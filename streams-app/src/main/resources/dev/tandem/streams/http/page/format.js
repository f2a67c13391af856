// Numbers, units and times as people read them.

const whole = new Intl.NumberFormat("en-US", {maximumFractionDigits: 0});
const tenths = new Intl.NumberFormat("en-US", {minimumFractionDigits: 1, maximumFractionDigits: 1});
const upTo2 = new Intl.NumberFormat("en-US", {maximumFractionDigits: 2});
const compactNumber = new Intl.NumberFormat("en-US", {notation: "compact", maximumFractionDigits: 1});
const percentNumber = new Intl.NumberFormat("en-US", {style: "percent", maximumFractionDigits: 1});

const NONE = "–";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export const count = (n) => (n === null || n === undefined ? NONE : whole.format(n));
export const percent = (share) => (Number.isFinite(share) ? percentNumber.format(share) : NONE);
export const compact = (n) => compactNumber.format(n);

/** {value, unit}: seconds become what is easiest to read, others keep their unit. */
export function measure(n, unit) {
  if (n === null || n === undefined || !Number.isFinite(n)) return {value: NONE, unit: ""};
  if (unit === "s") {
    if (Math.abs(n) < 90) return {value: whole.format(n), unit: "s"};
    if (Math.abs(n) < 5400) return {value: n < 600 ? tenths.format(n / 60) : whole.format(n / 60), unit: "min"};
    return {value: n < 360000 ? tenths.format(n / 3600) : whole.format(n / 3600), unit: "h"};
  }
  return {value: Math.abs(n) < 100 && !Number.isInteger(n) ? upTo2.format(n) : whole.format(n), unit};
}

export function withUnit(n, unit) {
  const m = measure(n, unit);
  return m.unit ? `${m.value} ${m.unit}` : m.value;
}

export function bytes(n) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let i = 0;
  while (n >= 1000 && i < units.length - 1) {
    n /= 1000;
    i++;
  }
  return `${i === 0 ? whole.format(n) : tenths.format(n)} ${units[i]}`;
}

export function millis(ms) {
  if (ms === null || ms === undefined) return NONE;
  return ms < 1000 ? `${whole.format(ms)} ms` : `${tenths.format(ms / 1000)} s`;
}

const dates = new Map();
function formatter(key, options) {
  if (!dates.has(key)) dates.set(key, new Intl.DateTimeFormat("en-GB", options));
  return dates.get(key);
}

/** A moment in a zone, the zone's short name with it. */
export function moment(iso, zone) {
  if (!iso) return NONE;
  const time = new Date(iso);
  const parts = formatter(`moment ${zone}`, {timeZone: zone, day: "numeric", month: "numeric", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit"}).formatToParts(time);
  const part = (type) => parts.find((p) => p.type === type).value;
  return `${Number(part("day"))} ${MONTHS[part("month") - 1]} ${part("year")}, ${part("hour")}:${part("minute")}:${part("second")} ${zoneName(time, zone)}`;
}

/** Hours and minutes in a zone. */
export function clock(time, zone) {
  return formatter(`clock ${zone}`, {timeZone: zone, hour: "2-digit", minute: "2-digit"}).format(new Date(time));
}

/** "PST" where the zone has such a name, else "GMT+1". */
function zoneName(time, zone) {
  return new Intl.DateTimeFormat("en-US", {timeZone: zone, timeZoneName: "short"}).formatToParts(time).find((p) => p.type === "timeZoneName").value;
}

/** The local date and time that an ISO text with offset holds, without turning it into another zone. */
export function local(iso) {
  return {date: iso.slice(0, 10), time: iso.slice(11, 16)};
}

export function day(date) {
  const [year, month, dayOfMonth] = date.split("-");
  return `${Number(dayOfMonth)} ${MONTHS[month - 1]} ${year}`;
}

/** What a window of a roll is called. */
export function windowName(iso, roll) {
  const {date, time} = local(iso);
  if (roll === "month") return formatter("month", {timeZone: "UTC", month: "long", year: "numeric"}).format(new Date(`${date}T00:00:00Z`));
  if (roll === "week") return `Week of ${day(date)}`;
  if (roll === "day") return day(date);
  return `${day(date)}, ${time}`;
}

export function addDays(date, n) {
  const d = new Date(`${date}T00:00:00Z`);
  d.setUTCDate(d.getUTCDate() + n);
  return d.toISOString().slice(0, 10);
}

/** "start_station" → "Start station" */
export function words(name) {
  const text = name.replaceAll(/[_.-]/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
