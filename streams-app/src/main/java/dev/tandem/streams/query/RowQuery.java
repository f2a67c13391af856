package dev.tandem.streams.query;

import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.time.CalendarWindows;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers a query by one range scan a partition. Rows that stay as they are pass through in the
 * order of their keys; only rows that are merged or ordered by a number gather in memory, one entry
 * a row of the answer. Used once, by one thread.
 */
public final class RowQuery {
  /** More rows than this are not merged for one answer. */
  static final int MAX_GROUPS = 1_000_000;

  private final QueryRequest request;
  private final CalendarWindows calendar;
  private final RowLayout layout;

  public RowQuery(QueryRequest request, ZoneId zone) {
    this.request = request;
    this.calendar = new CalendarWindows(zone);
    this.layout = new RowLayout(request.aggregate());
  }

  /** Takes the rows of the answer, in its order. */
  @FunctionalInterface
  public interface Sink {
    /**
     * @param group of {@link Roll#group}
     * @param dimensions those that are kept
     * @param epoch of merged rows the lowest
     */
    void row(long group, List<@Nullable Object> dimensions, RowState state, long epoch);
  }

  private record Group(long window, List<@Nullable Object> dimensions) {}

  private record Merged(RowState state, long epoch) {}

  /**
   * @throws BadQueryException when the answer is too large to merge
   */
  public void run(List<AskablePartition> partitions, Sink sink) {
    List<RowScan> scans = new ArrayList<>();
    try {
      partitions.forEach(p -> scans.add(new RowScan(p, request, layout)));
      if (request.isPlain()) {
        passThrough(scans, sink);
      } else {
        merge(scans, sink);
      }
    } finally {
      scans.forEach(RowScan::close);
    }
  }

  private void passThrough(List<RowScan> scans, Sink sink) {
    PriorityQueue<RowScan> queue =
        new PriorityQueue<>(Comparator.comparing((RowScan scan) -> scan.peek().key()));
    scans.stream().filter(RowScan::hasNext).forEach(queue::add);
    int left = request.limit().orElse(Integer.MAX_VALUE);
    while (left > 0 && !queue.isEmpty()) {
      RowScan scan = queue.remove();
      RowScan.Row row = scan.next();
      List<@Nullable Object> dimensions = row.key().dimensions();
      if (matches(dimensions)) {
        sink.row(row.key().windowStart(), dimensions, row.state(), row.epoch());
        left--;
      }
      if (scan.hasNext()) {
        queue.add(scan);
      }
    }
  }

  private boolean matches(List<@Nullable Object> dimensions) {
    for (Map.Entry<Integer, Set<Object>> condition : request.where().entrySet()) {
      Object value = dimensions.get(condition.getKey());
      if (!condition.getValue().contains(value == null ? QueryRequest.MISSING : value)) {
        return false;
      }
    }
    return true;
  }

  private void merge(List<RowScan> scans, Sink sink) {
    Map<Group, Merged> groups = new HashMap<>();
    for (RowScan scan : scans) {
      while (scan.hasNext()) {
        RowScan.Row row = scan.next();
        List<@Nullable Object> dimensions = row.key().dimensions();
        if (matches(dimensions)) {
          groups.merge(groupOf(row, dimensions), new Merged(row.state(), row.epoch()), this::merge);
          if (groups.size() > MAX_GROUPS) {
            throw new BadQueryException(
                "by",
                "more than %,d rows: keep fewer dimensions, or ask for a shorter range"
                    .formatted(MAX_GROUPS));
          }
        }
      }
    }
    groups.entrySet().stream()
        .sorted(order())
        .limit(request.limit().orElse(Integer.MAX_VALUE))
        .forEach(
            e ->
                sink.row(
                    e.getKey().window(),
                    e.getKey().dimensions(),
                    e.getValue().state(),
                    e.getValue().epoch()));
  }

  private Group groupOf(RowScan.Row row, List<@Nullable Object> dimensions) {
    List<@Nullable Object> kept = new ArrayList<>(request.by().size());
    request.by().forEach(i -> kept.add(dimensions.get(i)));
    return new Group(request.roll().group(row.key().windowStart(), calendar), kept);
  }

  private Merged merge(Merged into, Merged more) {
    into.state().merge(more.state());
    return new Merged(into.state(), Math.min(into.epoch(), more.epoch()));
  }

  private Comparator<Map.Entry<Group, Merged>> order() {
    Comparator<Map.Entry<Group, Merged>> byKey =
        Map.Entry.comparingByKey(
            Comparator.comparingLong(Group::window)
                .thenComparing(Group::dimensions, RowQuery::compareDimensions));
    return request
        .order()
        .map(
            part ->
                Comparator.comparing(
                        (Map.Entry<Group, Merged> e) -> part.of(e.getValue().state()),
                        RowQuery::compareNumbers)
                    .thenComparing(byKey))
        .orElse(byKey);
  }

  /** Largest first, those without number last. */
  private static int compareNumbers(Optional<BigDecimal> a, Optional<BigDecimal> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return Boolean.compare(a.isEmpty(), b.isEmpty());
    }
    return b.get().compareTo(a.get());
  }

  private static int compareDimensions(List<@Nullable Object> a, List<@Nullable Object> b) {
    for (int i = 0; i < a.size(); i++) {
      int order = compareValues(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Missing first; values of one dimension are of one type. */
  private static int compareValues(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    if (a instanceof Long x && b instanceof Long y) {
      return x.compareTo(y);
    }
    if (a instanceof Boolean x && b instanceof Boolean y) {
      return x.compareTo(y);
    }
    return a.toString().compareTo(b.toString());
  }
}
