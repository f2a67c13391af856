// The numbers of the map: coordinates, what leaves and reaches each place in a range, and the routes of one.
import {number, query} from "/page/api.js";

/** Places by name: {name, lat, lon, out, in, net}; those without coordinates are left out and counted. */
export async function places(pipeline, map, {from, to}) {
  const [spots, left, reached] = await Promise.all([
    query(pipeline, map.places, {roll: "none", by: [map.from]}),
    query(pipeline, map.departures, {roll: "none", by: [map.from], from, to}),
    query(pipeline, map.arrivals, {roll: "none", by: [map.to], from, to}),
  ]);
  const outs = new Map(left.rows.map((r) => [r.key[map.from], number(r, map.metric)]));
  const ins = new Map(reached.rows.map((r) => [r.key[map.to], number(r, map.metric)]));
  const all = [];
  for (const row of spots.rows) {
    const name = row.key[map.from];
    const lat = number(row, `${map.lat}.avg`);
    const lon = number(row, `${map.lon}.avg`);
    if (name === null || lat === null || lon === null) continue;
    const out = outs.get(name) ?? 0;
    const into = ins.get(name) ?? 0;
    if (out + into > 0) all.push({name, lat, lon, out, in: into, net: into - out});
  }
  all.sort((a, b) => b.out - a.out);
  return {all, complete: spots.complete && left.complete && reached.complete, outside: {out: outs.get(null) ?? 0, in: ins.get(null) ?? 0}};
}

/** The most travelled routes from and to a place: [{name, n}], twelve of each at most. */
export async function routes(pipeline, map, name, {from, to}) {
  const ask = (where, by) => query(pipeline, map.routes, {roll: "none", by: [by], where: [[where, name]], metric: map.metric, top: 12, from, to});
  const [leaving, coming] = await Promise.all([ask(map.from, map.to), ask(map.to, map.from)]);
  const list = (answer, by) => answer.rows.map((r) => ({name: r.key[by], n: number(r, map.metric)}));
  return {leaving: list(leaving, map.to), coming: list(coming, map.from)};
}
