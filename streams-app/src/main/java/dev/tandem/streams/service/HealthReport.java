package dev.tandem.streams.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.kafka.Topics;
import dev.tandem.core.reconcile.Ledger;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The figures that say how a pipeline does, as JSON for the health page: what this process knows
 * and what Kafka says of the others. Thread-safe.
 */
public final class HealthReport implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthReport.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A part of an event's way into its rows. */
  enum Stage {
    EVENT_TO_APP("event_to_app", "log"),
    APP_TO_ROW("app_to_row", "partials-repartition-source");

    private final String label;

    /** The node of the topology at its end. */
    private final String node;

    Stage(String label, String node) {
      this.label = label;
      this.node = node;
    }

    String label() {
      return label;
    }
  }

  private final PipelineService service;
  private final StreamsFigures streams;
  private final Instances instances;
  private final Rejected rejected;

  HealthReport(
      PipelineService service,
      KafkaStreams streams,
      Admin admin,
      Map<String, String> kafka,
      Topics topics) {
    this.service = service;
    this.streams = new StreamsFigures(streams);
    this.instances = new Instances(admin, topics.applicationId());
    this.rejected = new Rejected(kafka, topics.rejected());
  }

  /** As of now; what Kafka is asked for may be some seconds old. */
  public ObjectNode toJson() {
    PipelineService.Health health = service.health();
    ObjectNode json = JSON.createObjectNode();
    json.put("at", Instant.now().toString());
    json.put("state", health.state());
    json.put("ready", health.ready());
    json.put("detail", health.detail());
    json.put("partitions", service.partitions());
    json.put("partitions_here", service.board().rows().size());
    json.set("ledger", ledger(service.board().ledger()));
    json.put("rows_published", service.board().publishedRows());
    service.lag().ifPresentOrElse(n -> json.put("lag", n), () -> json.putNull("lag"));
    restoration(json);
    latency(json.putObject("latency_ms"));
    ArrayNode stores = json.putArray("stores");
    streams.stores().forEach(s -> stores.add(JSON.<ObjectNode>valueToTree(s)));
    ArrayNode tasks = json.putArray("tasks");
    streams.tasks().forEach(t -> tasks.add(JSON.<ObjectNode>valueToTree(t)));
    ArrayNode processes = json.putArray("instances");
    instances.list().forEach(i -> processes.add(JSON.<ObjectNode>valueToTree(i)));
    rejected(json.putObject("rejected"));
    return json;
  }

  private void restoration(ObjectNode json) {
    service
        .restoration()
        .ifPresentOrElse(
            p -> {
              ObjectNode node = json.putObject("restoring");
              node.put("done", p.done());
              node.put("total", p.total());
              if (p.left() == null) {
                node.putNull("seconds_left");
              } else {
                node.put("seconds_left", p.left().toSeconds());
              }
            },
            () -> json.putNull("restoring"));
  }

  /** A ledger with whether it balances. */
  public static ObjectNode ledger(Ledger ledger) {
    ObjectNode node = JSON.valueToTree(ledger);
    node.put("difference", ledger.difference());
    node.put("balances", ledger.balances());
    return node;
  }

  private void latency(ObjectNode json) {
    for (Stage stage : Stage.values()) {
      put(json, stage.label(), latencyMillis(stage));
    }
  }

  /** How old records are there, on average in the last minute; empty when there were none. */
  OptionalDouble latencyMillis(Stage stage) {
    return streams.age(stage.node);
  }

  /** Of all stores in this process, in files and in memory tables. */
  long stateBytes() {
    return streams.stores().stream().mapToLong(StreamsFigures.Store::bytes).sum();
  }

  private static void put(ObjectNode json, String name, OptionalDouble millis) {
    if (millis.isPresent()) {
      json.put(name, Math.round(millis.getAsDouble()));
    } else {
      json.putNull(name);
    }
  }

  private void rejected(ObjectNode json) {
    Rejected.Tally tally;
    try {
      tally = rejected.tally();
    } catch (KafkaException e) {
      LOG.debug("rejected records cannot be read", e);
      json.put("known", false);
      return;
    }
    json.put("known", true);
    json.put("skipped", tally.skipped());
    json.set("reasons", JSON.<ObjectNode>valueToTree(tally.reasons()));
    ArrayNode newest = json.putArray("newest");
    for (Rejected.Item item : tally.newest()) {
      ObjectNode node = newest.addObject();
      node.put("at", item.at().toString());
      node.put("reason", item.reason());
      node.put("error", item.error());
      node.put("source", item.source());
    }
  }

  @Override
  public void close() {
    rejected.close();
  }
}
