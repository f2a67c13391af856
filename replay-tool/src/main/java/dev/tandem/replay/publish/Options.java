package dev.tandem.replay.publish;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How to replay.
 *
 * @param kafka client properties
 * @param partitions of the pipeline's topics where they have to be made
 * @param replication copies of them; empty: as the brokers are configured
 * @param connectTimeout how long to try to reach Kafka
 * @param speed seconds of history in a second; empty: as fast as it goes
 * @param rate rows in a second at most; empty: as many as can be
 * @param resume whether to go on behind an earlier replay of the same files
 */
public record Options(
    Map<String, String> kafka,
    int partitions,
    Optional<Integer> replication,
    Duration connectTimeout,
    OptionalDouble speed,
    OptionalDouble rate,
    boolean resume) {
  public Options {
    kafka = Map.copyOf(kafka);
  }
}
