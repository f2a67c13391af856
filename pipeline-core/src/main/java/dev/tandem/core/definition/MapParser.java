package dev.tandem.core.definition;

import java.util.List;

/** {@code map}: stations at their coordinates, and what goes between them. */
final class MapParser {
  private final PageParser page;

  MapParser(PageParser page) {
    this.page = page;
  }

  PlacesMap parse(Yaml node) {
    YamlMap map =
        node.map("map")
            .only(
                "places", "lat", "lon", "from", "to", "departures", "arrivals", "routes", "metric");
    AggregateDefinition places = page.aggregate(map.required("places"));
    AggregateDefinition departures = page.aggregate(map.required("departures"));
    AggregateDefinition arrivals = page.aggregate(map.required("arrivals"));
    AggregateDefinition routes = page.aggregate(map.required("routes"));
    Yaml from = map.required("from");
    Yaml to = map.required("to");
    for (AggregateDefinition leaving : List.of(places, departures, routes)) {
      page.dimension(from, "from", leaving);
    }
    for (AggregateDefinition reaching : List.of(arrivals, routes)) {
      page.dimension(to, "to", reaching);
    }
    Yaml metric = map.required("metric");
    for (AggregateDefinition counted : List.of(departures, arrivals, routes)) {
      page.metric(metric, counted, Panel.Kind.NUMBER);
    }
    return new PlacesMap(
        places.name(),
        coordinate(map.required("lat"), places),
        coordinate(map.required("lon"), places),
        from.text("from"),
        to.text("to"),
        departures.name(),
        arrivals.name(),
        routes.name(),
        metric.text("metric"));
  }

  private static String coordinate(Yaml node, AggregateDefinition places) {
    String name = node.text("a coordinate");
    List<String> known =
        places.metrics().stream()
            .filter(m -> m.kind() == Metric.Kind.STATS)
            .map(Metric::name)
            .toList();
    if (!known.contains(name)) {
      throw Names.unknown(node, "stats metric", name, known);
    }
    return name;
  }
}
