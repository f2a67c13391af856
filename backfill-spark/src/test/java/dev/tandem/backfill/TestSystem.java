package dev.tandem.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.backfill.engine.PipelineText;
import dev.tandem.core.cli.Cli;
import dev.tandem.core.decode.Decoded;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.EventJson;
import dev.tandem.core.kafka.Partitioning;
import dev.tandem.core.kafka.Run;
import dev.tandem.core.kafka.RunLog;
import dev.tandem.core.kafka.TopicAdmin;
import dev.tandem.core.kafka.TopicReader;
import dev.tandem.core.kafka.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A pipeline like {@code biketown} under a name of its own, its topics, and a {@link MiniApp}. */
final class TestSystem implements AutoCloseable {
  static final int PARTITIONS = 3;

  final PipelineDefinition pipeline;
  final Topics topics;
  final MiniApp app;
  private final Path configDir;
  private boolean learning;
  private final Map<String, String> kafka;
  private final EventJson json;
  private final KafkaProducer<byte[], byte[]> producer;

  TestSystem(String name, String bootstrap, Path folder) throws IOException {
    kafka = Map.of("bootstrap.servers", bootstrap);
    configDir = folder.resolve("config-" + name);
    Files.createDirectories(configDir.resolve("pipelines"));
    Path original = Path.of(System.getProperty("tandem.home"), "config/pipelines/biketown.yaml");
    Files.writeString(
        configDir.resolve("pipelines/" + name + ".yaml"),
        Files.readString(original).replace("pipeline: biketown", "pipeline: " + name));
    pipeline = PipelineText.load(configDir, name).definition();
    topics = Topics.of(pipeline);
    try (Admin admin = Admin.create(new HashMap<>(kafka))) {
      new TopicAdmin(admin, topics).create(PARTITIONS);
    }
    json = new EventJson(pipeline);
    producer =
        new KafkaProducer<>(
            new HashMap<>(kafka), new ByteArraySerializer(), new ByteArraySerializer());
    app = new MiniApp(pipeline, kafka, PARTITIONS);
  }

  /** The good rows of a file. */
  List<Event> events(Path file) {
    List<Event> events = new ArrayList<>();
    try (FileDecoder decoder = FileDecoder.open(pipeline, file)) {
      decoder.forEachRemaining(
          d -> {
            if (d instanceof Decoded.Good good) {
              events.add(good.event());
            }
          });
    }
    return events;
  }

  void send(List<Event> events) {
    events.forEach(event -> send(event.id(), json.write(event)));
    producer.flush();
  }

  private void send(String id, byte[] value) {
    byte[] key = id.getBytes(StandardCharsets.UTF_8);
    producer.send(
        new ProducerRecord<>(topics.events(), Partitioning.ofEvent(key, PARTITIONS), key, value));
  }

  void sendRaw(String key, String value) {
    send(key, value.getBytes(StandardCharsets.UTF_8));
    producer.flush();
  }

  /** From now on backfills learn what is normal, which takes them some seconds more. */
  void learn() {
    learning = true;
  }

  /** A version of the baseline with nothing in it. */
  void sendBaseline(String version) {
    byte[] key = "{\"version\":\"%s\"}".formatted(version).getBytes(StandardCharsets.UTF_8);
    byte[] header = "{\"from\":\"\",\"to\":\"\",\"records\":0}".getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(topics.baselines(), 0, key, header));
    producer.flush();
  }

  /** What a command came to. */
  record Outcome(int status, String out, String err) {
    Outcome expect(int expected) {
      assertThat(status).as("%s%n%s", out, err).isEqualTo(expected);
      return this;
    }

    String lastLine() {
      return out.strip().lines().reduce("", (a, b) -> b);
    }
  }

  Outcome run(String command, Object... more) {
    List<String> args = new ArrayList<>(List.of(command, "-p", topics.pipeline()));
    for (Object arg : more) {
      args.add(arg.toString());
    }
    args.addAll(
        List.of(
            "--config",
            configDir.toString(),
            "--bootstrap",
            kafka.get("bootstrap.servers"),
            "--set",
            "spark.default.parallelism=2",
            "--set",
            "flush.interval=100ms",
            "--set",
            "decisions.learn=" + learning));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Cli.run(
            new Main(),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            args.toArray(String[]::new));
    assertThat(app.failure()).isNull();
    return new Outcome(status, out.toString(), err.toString());
  }

  /** Rows of the aggregates topic as any consumer sees them: the latest value by key. */
  Map<String, String> served() {
    Map<String, String> rows = new TreeMap<>();
    try (TopicReader reader = new TopicReader(kafka)) {
      reader.readAll(
          topics.aggregates(),
          record -> {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
              rows.remove(key);
            } else {
              rows.put(key, new String(record.value(), StandardCharsets.UTF_8));
            }
          });
    }
    return rows;
  }

  /** The exact states of these rows, in hexadecimal digits. */
  Map<String, String> states() {
    Map<String, String> rows = new TreeMap<>();
    try (TopicReader reader = new TopicReader(kafka)) {
      reader.readAll(
          topics.aggregates(),
          record -> {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
              rows.remove(key);
            } else {
              byte[] state = record.headers().lastHeader(Topics.STATE_HEADER).value();
              rows.put(key, HexFormat.of().formatHex(state));
            }
          });
    }
    return rows;
  }

  /** A version of the baseline as it is published: values by key, without the version in it. */
  Map<String, String> baseline(String version) {
    Map<String, String> records = new TreeMap<>();
    String mark = "{\"version\":\"" + version + "\"";
    try (TopicReader reader = new TopicReader(kafka)) {
      reader.readAll(
          topics.baselines(),
          record -> {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (key.startsWith(mark)) {
              String rest = key.substring(mark.length());
              if (record.value() == null) {
                records.remove(rest);
              } else {
                records.put(rest, new String(record.value(), StandardCharsets.UTF_8));
              }
            }
          });
    }
    return records;
  }

  /** The newest run on record. */
  Run lastRun() {
    try (RunLog log = new RunLog(kafka, topics)) {
      log.refresh();
      long epoch = log.runs().keySet().stream().max(Long::compare).orElseThrow();
      return log.runs().get(epoch);
    }
  }

  long records(String topic) {
    long[] count = {0};
    try (TopicReader reader = new TopicReader(kafka)) {
      reader.readAll(topic, record -> count[0]++);
    }
    return count[0];
  }

  @Override
  public void close() {
    app.close();
    producer.close();
  }
}
