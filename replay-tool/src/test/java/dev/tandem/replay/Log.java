package dev.tandem.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.core.kafka.TopicReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is committed in topics. */
record Log(String bootstrap) {
  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (TopicReader reader = new TopicReader(Map.of("bootstrap.servers", bootstrap))) {
      reader.readAll(topic, records::add);
    }
    return records;
  }

  List<String> keys(String topic) {
    return records(topic).stream().map(r -> new String(r.key(), UTF_8)).toList();
  }

  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
