package dev.tandem.core.decision;

import dev.tandem.core.aggregate.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one partition of the log says of an hour that it has closed: nothing that comes later
 * changes it. A large hour comes in several of these.
 *
 * <p>Bytes, version 1: version · partition, began, sequence, hour, closedBefore, read, rejected ·
 * count of aggregates, each with its id (8), count of subjects, each with its text and number ·
 * count of outlying events and these. Numbers are varints.
 *
 * @param partition of the log
 * @param began offset of the first record of the log that the partition's signals saw; a larger one
 *     than before says that they began anew
 * @param sequence 1, 2, 3 … since it began
 * @param hour start of the hour that the numbers are of
 * @param closedBefore every hour of the partition that starts before this is closed
 * @param read records of the log that were new events or none at all, while event time stood in
 *     this hour
 * @param rejected how many of them were no events
 * @param counts events by aggregate (definition id) and subject
 */
public record ClosedHour(
    int partition,
    long began,
    long sequence,
    long hour,
    long closedBefore,
    long read,
    long rejected,
    Map<Long, Map<String, Long>> counts,
    List<Outlying> outliers) {
  private static final int VERSION = 1;

  public ClosedHour {
    outliers = List.copyOf(outliers);
  }

  public byte[] toBytes() {
    Bytes out = Bytes.writer();
    out.putByte(VERSION);
    out.putUnsigned(partition);
    out.putUnsigned(began);
    out.putUnsigned(sequence);
    out.putSigned(hour);
    out.putSigned(closedBefore);
    out.putUnsigned(read);
    out.putUnsigned(rejected);
    out.putUnsigned(counts.size());
    new TreeMap<>(counts)
        .forEach(
            (id, bySubject) -> {
              out.putFixed(id);
              out.putUnsigned(bySubject.size());
              new TreeMap<>(bySubject)
                  .forEach(
                      (subject, count) -> {
                        out.putBlock(subject.getBytes(StandardCharsets.UTF_8));
                        out.putUnsigned(count);
                      });
            });
    out.putUnsigned(outliers.size());
    outliers.forEach(outlying -> outlying.write(out));
    return out.toArray();
  }

  /**
   * @throws IllegalStateException when these are not its bytes
   */
  public static ClosedHour fromBytes(byte[] bytes) {
    Bytes in = Bytes.reader(bytes);
    in.getVersion("closed hour", VERSION, VERSION);
    return new ClosedHour(
        (int) in.getUnsigned(),
        in.getUnsigned(),
        in.getUnsigned(),
        in.getSigned(),
        in.getSigned(),
        in.getUnsigned(),
        in.getUnsigned(),
        counts(in),
        outliers(in));
  }

  private static Map<Long, Map<String, Long>> counts(Bytes in) {
    Map<Long, Map<String, Long>> counts = new TreeMap<>();
    for (long left = in.getUnsigned(); left > 0; left--) {
      Map<String, Long> bySubject = new TreeMap<>();
      counts.put(in.getFixed(), bySubject);
      for (long subjects = in.getUnsigned(); subjects > 0; subjects--) {
        bySubject.put(new String(in.getBlock(), StandardCharsets.UTF_8), in.getUnsigned());
      }
    }
    return counts;
  }

  private static List<Outlying> outliers(Bytes in) {
    List<Outlying> outliers = new ArrayList<>();
    for (long left = in.getUnsigned(); left > 0; left--) {
      outliers.add(Outlying.read(in));
    }
    return outliers;
  }
}
