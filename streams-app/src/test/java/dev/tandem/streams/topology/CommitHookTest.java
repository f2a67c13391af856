package dev.tandem.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the hook relies on in Kafka Streams; a newer version that behaves otherwise fails here. */
class CommitHookTest {
  @TempDir Path stateDir;

  /** Gathers in memory; forwards and stores only in the hook. */
  private static final class Gathering
      implements ProcessorSupplier<String, String, String, String> {
    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(
          CommitHook.builder("hook"),
          Stores.keyValueStoreBuilder(
              Stores.persistentKeyValueStore("sums"), Serdes.String(), Serdes.String()));
    }

    @Override
    public Processor<String, String, String, String> get() {
      return new Processor<>() {
        private final List<String> gathered = new ArrayList<>();
        private ProcessorContext<String, String> context;

        @Override
        public void init(ProcessorContext<String, String> processorContext) {
          context = processorContext;
          CommitHook hook = context.getStateStore("hook");
          hook.beforeCommit(context, this::drain);
        }

        @Override
        public void process(Record<String, String> record) {
          gathered.add(record.value());
        }

        private void drain() {
          KeyValueStore<String, String> sums = context.getStateStore("sums");
          gathered.forEach(
              value -> {
                sums.put(value, "stored");
                context.forward(new Record<>(value, "sent", context.currentSystemTimeMs()));
              });
          gathered.clear();
        }
      };
    }
  }

  @Test
  void shouldForwardAndStoreInTheCommitOfWhatWasProcessed() {
    Topology topology = new Topology();
    topology.addSource("in", new StringDeserializer(), new StringDeserializer(), "in");
    topology.addProcessor("gathering", new Gathering(), "in");
    topology.addSink("out", "out", new StringSerializer(), new StringSerializer(), "gathering");
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "hook");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    try (TopologyTestDriver driver = new TopologyTestDriver(topology, properties)) {
      driver
          .createInputTopic("in", new StringSerializer(), new StringSerializer())
          .pipeInput("key", "a");
      assertThat(
              driver
                  .createOutputTopic("out", new StringDeserializer(), new StringDeserializer())
                  .readKeyValuesToMap())
          .containsEntry("a", "sent");
      assertThat(driver.getKeyValueStore("sums").get("a")).isEqualTo("stored");
      assertThat(driver.producedTopicNames()).contains("hook-sums-changelog", "out");
    }
  }
}
