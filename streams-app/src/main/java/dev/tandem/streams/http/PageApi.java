package dev.tandem.streams.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.definition.Decision;
import dev.tandem.core.definition.Page;
import dev.tandem.core.definition.Panel;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PlacesMap;
import java.util.Locale;

/** What a pipeline's web page shows, as JSON. */
final class PageApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Tiles tiles;

  PageApi(Tiles tiles) {
    this.tiles = tiles;
  }

  ObjectNode page(PipelineDefinition pipeline) {
    Page page = pipeline.page();
    ObjectNode json = JSON.createObjectNode();
    json.put("pipeline", pipeline.name());
    json.put("description", pipeline.description());
    json.put("zone", pipeline.zone().getId());
    ArrayNode filters = json.putArray("filters");
    page.filters().forEach(filters::add);
    ArrayNode panels = json.putArray("panels");
    page.panels().forEach(panel -> write(panels.addObject(), panel));
    ArrayNode decisions = json.putArray("decisions");
    for (Decision decision : pipeline.decisions().all()) {
      decisions.addObject().put("name", decision.name()).put("kind", decision.kind().code());
    }
    page.map().ifPresentOrElse(map -> write(json.putObject("map"), map), () -> json.putNull("map"));
    return json;
  }

  private static void write(ObjectNode json, Panel panel) {
    json.put("kind", lower(panel.kind()));
    json.put("title", panel.title());
    ArrayNode sources = json.putArray("sources");
    panel.sources().forEach(sources::add);
    json.put("metric", panel.metric());
    json.put("by", panel.by().orElse(null));
    json.put("top", panel.top());
    json.put("roll", panel.roll().map(PageApi::lower).orElse(null));
    json.put("unit", panel.unit());
    json.put("missing", panel.missing());
  }

  private void write(ObjectNode json, PlacesMap map) {
    json.setAll(JSON.<ObjectNode>valueToTree(map));
    json.put("tiles", tiles.url());
    json.put("attribution", tiles.attribution());
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
