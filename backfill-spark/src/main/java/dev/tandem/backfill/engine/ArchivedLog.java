package dev.tandem.backfill.engine;

import java.util.List;
import java.util.Map;

/**
 * The part of the log that an archive has. Where the log has it as well, the archive is read.
 *
 * @param files Parquet, see {@link ArchiveColumns}
 * @param to by partition, the offset behind the last one; the log is read from there on
 * @param records how many there are
 */
public record ArchivedLog(List<String> files, Map<Integer, Long> to, long records) {
  /** Nothing of it. */
  public static final ArchivedLog NONE = new ArchivedLog(List.of(), Map.of(), 0);

  public ArchivedLog {
    files = List.copyOf(files);
    to = Map.copyOf(to);
  }
}
