package dev.tandem.bench.replay;

import dev.tandem.bench.work.PublishedLog;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** What a reader of committed records finds in a topic of events. */
record ReadBack(String bootstrap, String topic) {

  /**
   * How many keys there are.
   *
   * @throws IllegalStateException when one is there twice
   */
  long distinct() throws InterruptedException {
    Set<String> ids = new HashSet<>();
    new PublishedLog(bootstrap, topic)
        .forEach(
            record -> {
              String id = new String(record.key(), StandardCharsets.UTF_8);
              if (!ids.add(id)) {
                throw new IllegalStateException(topic + " has " + id + " more than once");
              }
            });
    return ids.size();
  }
}
