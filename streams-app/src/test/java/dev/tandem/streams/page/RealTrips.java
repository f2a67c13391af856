package dev.tandem.streams.page;

import dev.tandem.core.decode.Decoded;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.decode.InputFiles;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.EventJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The public files, into the stream as fast as it takes them. */
final class RealTrips {
  private RealTrips() {}

  static boolean areThere() {
    return Files.isDirectory(folder());
  }

  static Path folder() {
    String named = Optional.ofNullable(System.getenv("TANDEM_DATA")).orElse("../shared/data");
    return Path.of(System.getProperty("tandem.home"))
        .resolve(named)
        .resolve("biketown")
        .normalize();
  }

  /** How many events it sent. */
  static long send(PipelineDefinition pipeline, Path folder, String bootstrap) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", bootstrap);
    properties.put("linger.ms", 20);
    properties.put("batch.size", 256 << 10);
    properties.put("compression.type", "lz4");
    EventJson json = new EventJson(pipeline);
    long sent = 0;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Path file : InputFiles.expand(pipeline, List.of(folder.toString()))) {
        try (FileDecoder decoder = FileDecoder.open(pipeline, file)) {
          while (decoder.hasNext()) {
            if (decoder.next() instanceof Decoded.Good good) {
              byte[] id = good.event().id().getBytes(StandardCharsets.UTF_8);
              producer.send(
                  new ProducerRecord<>(pipeline.name() + ".events", id, json.write(good.event())));
              sent++;
            }
          }
        }
      }
    }
    return sent;
  }
}
