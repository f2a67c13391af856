package dev.tandem.bench.work;

import dev.tandem.core.decode.Decoded;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.event.EventJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The events of the files, each id once (peers drop no repeats), in the order of the files: into a
 * topic for the engines and as JSON lines for DuckDB.
 */
final class Events {
  private Events() {}

  /**
   * @param lines takes an event a line
   * @return how many events there are
   */
  static long write(Work work, String bootstrap, String topic, OutputStream lines)
      throws IOException {
    EventJson json = new EventJson(work.pipeline());
    Set<String> ids = new HashSet<>();
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            properties(bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Path file : work.files()) {
        try (FileDecoder decoder = FileDecoder.open(work.pipeline(), file)) {
          while (decoder.hasNext()) {
            if (decoder.next() instanceof Decoded.Good good && ids.add(good.event().id())) {
              byte[] value = json.write(good.event());
              producer.send(
                  new ProducerRecord<>(
                      topic, good.event().id().getBytes(StandardCharsets.UTF_8), value));
              lines.write(value);
              lines.write('\n');
            }
          }
        }
      }
      producer.flush();
    }
    return ids.size();
  }

  private static Map<String, Object> properties(String bootstrap) {
    return Map.of(
        "bootstrap.servers",
        bootstrap,
        "compression.type",
        "lz4",
        "batch.size",
        256 << 10,
        "linger.ms",
        20);
  }
}
