package dev.tandem.core.definition;

/**
 * A pipeline's map: places, what leaves and reaches them, and the routes between them.
 *
 * @param places name of an aggregate by {@code from} alone, whose metrics hold coordinates
 * @param lat name of a stats metric of degrees north
 * @param lon name of a stats metric of degrees east
 * @param from dimension: where something leaves
 * @param to dimension: what it reaches
 * @param departures name of an aggregate by {@code from}
 * @param arrivals name of an aggregate by {@code to}
 * @param routes name of an aggregate by {@code from} and {@code to}
 * @param metric what is counted in these three
 */
public record PlacesMap(
    String places,
    String lat,
    String lon,
    String from,
    String to,
    String departures,
    String arrivals,
    String routes,
    String metric) {}
