package dev.tandem.streams.query;

import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.time.CalendarWindows;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The part of an answer that lies in some partitions: not cut to the rows that are asked for,
 * unless these come in the order of their keys. Rows that stay as they are pass through; rows that
 * are merged gather in memory, one entry a row of the answer. Used once, by one thread.
 */
public final class RowQuery {
  private final QueryRequest request;
  private final CalendarWindows calendar;
  private final RowLayout layout;
  private final int mostGroups;

  /**
   * @param mostGroups more rows than this are not merged for one answer
   */
  public RowQuery(QueryRequest request, ZoneId zone, int mostGroups) {
    this.request = request;
    this.calendar = new CalendarWindows(zone);
    this.layout = new RowLayout(request.aggregate());
    this.mostGroups = mostGroups;
  }

  /**
   * @param partitions are closed with the answer, and when there is none
   * @throws BadQueryException when the answer is too large to merge
   */
  public Entries run(List<OpenPartition> partitions) {
    try {
      return request.isPlain() ? pass(partitions) : merge(partitions);
    } catch (RuntimeException e) {
      partitions.forEach(OpenPartition::close);
      throw e;
    }
  }

  /** No more than are asked for: in the order of their keys, these are the ones. */
  private Entries pass(List<OpenPartition> partitions) {
    List<Entries> parts = new ArrayList<>();
    partitions.forEach(p -> parts.add(new BlockRows(p, request, layout)));
    Entries rows = new MergedEntries(parts);
    return request.limit().isPresent() ? new First(rows, request.limit().getAsInt()) : rows;
  }

  private Entries merge(List<OpenPartition> partitions) {
    Groups groups = new Groups(request, calendar, layout, mostGroups);
    partitions.forEach(p -> p.blocks().forEachRemaining(groups::add));
    partitions.forEach(OpenPartition::close);
    return new InMemory(groups.entries());
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
