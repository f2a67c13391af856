package dev.tandem.localkafka.chaos;

import dev.tandem.core.kafka.Run;
import dev.tandem.core.time.TimeRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Which events every row should hold: those of the source of the last committed backfill over its
 * window, and where there was none, those of the log.
 */
final class Segments {
  private static final String LOG = "log";

  private Segments() {}

  /** Windows that start in a range, and the source that is right for them. */
  record Segment(TimeRange range, String source) {}

  /** All of time, in order; neighbours differ in their source. */
  static List<Segment> of(Collection<Run> runs) {
    List<Run> newestFirst =
        runs.stream()
            .filter(Run::isCommitted)
            .sorted(Comparator.comparingLong(Run::epoch).reversed())
            .toList();
    TreeSet<Long> edges = new TreeSet<>(List.of(TimeRange.ALL.from(), TimeRange.ALL.to()));
    newestFirst.forEach(run -> edges.addAll(List.of(run.range().from(), run.range().to())));
    List<Segment> segments = new ArrayList<>();
    for (long from : edges.headSet(TimeRange.ALL.to())) {
      long to = Objects.requireNonNull(edges.higher(from));
      add(segments, new TimeRange(from, to), newestFirst);
    }
    return segments;
  }

  private static void add(List<Segment> segments, TimeRange range, List<Run> newestFirst) {
    String source =
        newestFirst.stream()
            .filter(run -> run.range().contains(range.from()))
            .findFirst()
            .map(Run::source)
            .orElse(LOG);
    int last = segments.size() - 1;
    if (last >= 0 && segments.get(last).source().equals(source)) {
      TimeRange before = segments.get(last).range();
      segments.set(last, new Segment(new TimeRange(before.from(), range.to()), source));
    } else {
      segments.add(new Segment(range, source));
    }
  }
}
