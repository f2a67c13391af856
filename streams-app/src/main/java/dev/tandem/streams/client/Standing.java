package dev.tandem.streams.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Settings;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.kafka.KafkaConnection;
import dev.tandem.core.kafka.LedgerCheck;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.kafka.RunLog;
import dev.tandem.core.kafka.TopicAdmin;
import dev.tandem.core.kafka.TopicReader;
import dev.tandem.core.kafka.Topics;
import dev.tandem.streams.alert.AlertLog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/**
 * How a pipeline stands.
 *
 * @param lags by topic; empty where the app never ran
 * @param app what the REST API says of the pipeline; empty when nobody answers
 * @param runs newest first
 * @param alerts how many are open; empty where the pipeline decides nothing
 */
record Standing(
    List<TopicAdmin.State> states,
    Map<String, KafkaFigures.Size> sizes,
    Map<String, Long> lags,
    Optional<JsonNode> app,
    LedgerCheck ledger,
    List<Run> runs,
    Optional<Long> alerts) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Standing {
    states = List.copyOf(states);
    sizes = Map.copyOf(sizes);
    lags = Collections.unmodifiableMap(new TreeMap<>(lags));
    runs = List.copyOf(runs);
  }

  /**
   * Looks at Kafka.
   *
   * @param recount whether to count the log again
   * @param notice told of every wait, for a person to read
   */
  static Standing look(
      Settings settings,
      PipelineDefinition pipeline,
      boolean recount,
      Optional<JsonNode> app,
      Consumer<String> notice)
      throws InterruptedException {
    Topics topics = Topics.of(pipeline);
    try (Admin admin =
            KafkaConnection.connect(settings.kafka(), settings.get(Keys.CONNECT_TIMEOUT), notice);
        TopicReader reader = new TopicReader(settings.kafka())) {
      KafkaFigures figures = new KafkaFigures(admin, topics);
      List<TopicAdmin.State> states =
          new TopicAdmin(admin, topics).describe(settings.get(Keys.PARTITIONS));
      Map<String, KafkaFigures.Size> sizes = new HashMap<>();
      for (TopicAdmin.State state : states) {
        if (state.exists()) {
          sizes.put(state.spec().name(), figures.size(state.spec().name()));
        }
      }
      LedgerCheck ledger = LedgerCheck.read(reader, topics);
      return new Standing(
          states,
          sizes,
          figures.lags(),
          app,
          recount ? ledger.recount(reader, topics) : ledger,
          sizes.containsKey(topics.runs()) ? runs(settings, topics) : List.of(),
          pipeline.decisions().isEmpty() || !sizes.containsKey(topics.alerts())
              ? Optional.empty()
              : Optional.of(openAlerts(settings, pipeline)));
    }
  }

  private static long openAlerts(Settings settings, PipelineDefinition pipeline) {
    try (AlertLog alerts =
        new AlertLog(
            settings.kafka(), Topics.of(pipeline).alerts(), pipeline.decisions().names())) {
      alerts.look();
      return alerts.open();
    }
  }

  private static List<Run> runs(Settings settings, Topics topics) {
    try (RunLog log = new RunLog(settings.kafka(), topics)) {
      log.refresh();
      List<Run> runs = new ArrayList<>(log.runs().values());
      runs.sort(Comparator.comparingLong(Run::epoch).reversed());
      return runs;
    }
  }

  ObjectNode toJson(String pipeline) {
    ObjectNode node = JSON.createObjectNode();
    node.put("pipeline", pipeline);
    ArrayNode topics = node.putArray("topics");
    for (TopicAdmin.State state : states) {
      ObjectNode topic = topics.addObject();
      topic.put("topic", state.spec().name());
      topic.put("exists", state.exists());
      KafkaFigures.Size size = sizes.get(state.spec().name());
      if (size != null) {
        state.partitions().ifPresent(n -> topic.put("partitions", n));
        topic.put("policy", state.configs().getOrDefault("cleanup.policy", ""));
        topic.put("offsets", size.offsets());
        topic.put("bytes", size.bytes());
      }
      ArrayNode differences = topic.putArray("differences");
      state.differences().forEach(differences::add);
    }
    node.set("lag", JSON.valueToTree(lags));
    node.set("app", app.orElse(NullNode.getInstance()));
    alerts.ifPresent(open -> node.put("alerts_open", open));
    node.set("ledger", new LedgerTable(ledger).json());
    ArrayNode all = node.putArray("runs");
    for (Run run : runs) {
      ObjectNode one = JSON.valueToTree(run);
      one.remove("report");
      all.add(one);
    }
    return node;
  }
}
