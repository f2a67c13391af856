package dev.tandem.backfill.archive;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one run of an archive has: of each partition of the log every committed record with an
 * offset in a range.
 *
 * @param topicId of the log: a topic that is made anew under the same name is another one
 * @param from by partition, the first offset
 * @param to by partition, behind the last one
 * @param records how many there are; offsets may have gaps
 */
public record Manifest(
    String topicId,
    Map<Integer, Long> from,
    Map<Integer, Long> to,
    long records,
    List<DataFile> files) {
  public Manifest {
    from = Map.copyOf(new TreeMap<>(from));
    to = Map.copyOf(new TreeMap<>(to));
    files = List.copyOf(files);
    if (!from.keySet().equals(to.keySet())) {
      throw new IllegalArgumentException("from and to speak of other partitions");
    }
  }

  /**
   * A Parquet file.
   *
   * @param path relative to the run's folder
   * @param bytes its size
   */
  public record DataFile(String path, long bytes) {}
}
