package dev.tandem.bench.replay;

import dev.tandem.bench.engine.Marks;
import dev.tandem.core.decode.Decoded;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.PipelineLoader;
import dev.tandem.core.event.EventJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The limit of anything that writes the events with Kafka's producer: keys and values are in memory
 * before the clock starts; idempotent, acknowledged by all, lz4, one producer.
 */
public final class ProducerLimit {
  private ProducerLimit() {}

  /**
   * @param args brokers, topic, folder of the configuration, name of the pipeline, then the files
   */
  public static void main(String[] args) {
    PipelineDefinition pipeline = PipelineLoader.load(Path.of(args[2]), args[3]);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    Arrays.stream(args).skip(4).forEach(file -> read(pipeline, Path.of(file), args[1], records));
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                args[0],
                "acks",
                "all",
                "enable.idempotence",
                true,
                "compression.type",
                "lz4",
                "batch.size",
                256 << 10,
                "linger.ms",
                20,
                "buffer.memory",
                64L << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.partitionsFor(args[1]);
      System.out.println(Marks.STARTED);
      records.forEach(producer::send);
      producer.flush();
      System.out.println(Marks.DONE);
    }
  }

  private static void read(
      PipelineDefinition pipeline,
      Path file,
      String topic,
      List<ProducerRecord<byte[], byte[]>> records) {
    EventJson json = new EventJson(pipeline);
    try (FileDecoder decoder = FileDecoder.open(pipeline, file)) {
      while (decoder.hasNext()) {
        if (decoder.next() instanceof Decoded.Good good) {
          byte[] id = good.event().id().getBytes(StandardCharsets.UTF_8);
          records.add(new ProducerRecord<>(topic, id, json.write(good.event())));
        }
      }
    }
  }
}
