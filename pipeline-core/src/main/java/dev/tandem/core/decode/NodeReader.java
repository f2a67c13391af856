package dev.tandem.core.decode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.SourceFormat;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.RejectReason;
import java.util.List;
import java.util.Optional;

/** Makes events of JSON objects as a format says. Not thread-safe. */
final class NodeReader {
  private final List<JsonSource> sources;
  private final EventCheck check;

  NodeReader(PipelineDefinition pipeline, SourceFormat format) {
    this.check = new EventCheck(pipeline.schema(), format);
    this.sources =
        format.sources().stream()
            .map(s -> new JsonSource(s, format.kind(), pipeline.zone()))
            .toList();
  }

  Event newEvent() {
    return check.newEvent();
  }

  /**
   * Fills a new event.
   *
   * @return why it is none
   */
  Optional<EventCheck.Refusal> read(JsonNode root, Event event) {
    for (JsonSource source : sources) {
      if (!source.read(root, event)) {
        String error = source.field().name() + " has half a surrogate pair";
        return Optional.of(new EventCheck.Refusal(RejectReason.MALFORMED, error));
      }
    }
    return check.refuse(event);
  }
}
