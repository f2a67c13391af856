package dev.tandem.streams.topology;

import dev.tandem.core.reconcile.Partial;
import dev.tandem.core.reconcile.PartialBatches;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends a batch of contributions to its rows' partition and progress to all. */
final class PartialsPartitioner implements StreamPartitioner<byte[], byte[]> {
  private final List<Optional<Set<Integer>>> one;
  private final Optional<Set<Integer>> all;

  PartialsPartitioner(int partitions) {
    one = IntStream.range(0, partitions).mapToObj(p -> Optional.of(Set.of(p))).toList();
    all =
        Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int partitions) {
    if (partitions != one.size()) {
      throw new IllegalStateException(
          "%s has %d partitions, the events topic %d".formatted(topic, partitions, one.size()));
    }
    return Partial.isProgress(value) ? all : one.get(PartialBatches.partition(value));
  }
}
