package dev.tandem.streams.query;

import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.CalendarWindows;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of an answer that lies in some partitions, by one range scan of each: not cut to the
 * rows that are asked for, unless these come in the order of their keys. Rows that stay as they are
 * pass through; rows that are merged gather in memory, one entry a row of the answer. Used once, by
 * one thread.
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

  /** Opens a partition for this question. */
  public OpenPartition open(AskablePartition partition) {
    return partition.open(RowScan.begin(request), RowScan.end(request));
  }

  /**
   * @param partitions are closed with the answer, and when there is none
   * @throws BadQueryException when the answer is too large to merge
   */
  public Entries run(List<OpenPartition> partitions) {
    try {
      List<Entries> scans = new ArrayList<>();
      partitions.forEach(p -> scans.add(new RowScan(p, request, layout)));
      MergedEntries rows = new MergedEntries(scans);
      return request.isPlain() ? first(rows) : merge(rows);
    } catch (RuntimeException e) {
      partitions.forEach(OpenPartition::close);
      throw e;
    }
  }

  /** No more than are asked for: in the order of their keys, these are the ones. */
  private Entries first(Entries rows) {
    return request.limit().isPresent() ? new First(rows, request.limit().getAsInt()) : rows;
  }

  private static final class First implements Entries {
    private final Entries rows;
    private int left;

    First(Entries rows, int left) {
      this.rows = rows;
      this.left = left;
    }

    @Override
    public boolean hasNext() {
      return left > 0 && rows.hasNext();
    }

    @Override
    public Entry next() {
      left--;
      return rows.next();
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  private Entries merge(Entries rows) {
    try (rows) {
      Map<RowKey, Entry> groups = new HashMap<>();
      while (rows.hasNext()) {
        Entry row = rows.next();
        RowKey group = groupOf(row.key());
        Entry more = new Entry(group, row.state(), row.epoch());
        groups.merge(group, more, Entry::plus);
        if (groups.size() > MAX_GROUPS) {
          throw new BadQueryException(
              "by",
              "more than %,d rows: keep fewer dimensions, or ask for a shorter range"
                  .formatted(MAX_GROUPS));
        }
      }
      return new InMemory(
          groups.values().stream().sorted(Comparator.comparing(Entry::key)).iterator());
    }
  }

  private RowKey groupOf(RowKey row) {
    List<@Nullable Object> dimensions = row.dimensions();
    List<@Nullable Object> kept = new ArrayList<>(request.by().size());
    request.by().forEach(i -> kept.add(dimensions.get(i)));
    return RowKey.of(request.aggregate(), request.roll().group(row.windowStart(), calendar), kept);
  }

  private record InMemory(Iterator<Entry> rows) implements Entries {
    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public Entry next() {
      return rows.next();
    }

    @Override
    public void close() {}
  }
}
