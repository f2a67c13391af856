package dev.tandem.streams.query;

import dev.tandem.core.aggregate.Bytes;
import dev.tandem.core.aggregate.RowLayout;
import dev.tandem.core.aggregate.RowState;
import dev.tandem.core.row.RowKey;
import dev.tandem.core.time.CalendarWindows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Merges rows into the rows of an answer, block by block. A group is numbered by its windows'
 * group, then by one kept dimension after the other; what values and windows mean is looked up once
 * a block, so that a row costs some array accesses and the reading of its state. Not thread-safe.
 */
final class Groups {
  private final QueryRequest request;
  private final CalendarWindows calendar;
  private final RowLayout layout;
  private final int most;

  /** Dimensions that are kept or asked about. */
  private final int[] used;

  private final Map<Long, Integer> ofWindows = new HashMap<>();
  private final Map<Long, Integer> ofRolls = new HashMap<>();
  private final List<Map<@Nullable Object, Integer>> ofValues = new ArrayList<>();
  private final List<PairIds> pairs = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();

  private static final class Group {
    final RowKey key;
    final RowState state;
    long epoch = Long.MAX_VALUE;

    Group(RowKey key, RowState state) {
      this.key = key;
      this.state = state;
    }
  }

  /**
   * @param most groups that it holds
   */
  Groups(QueryRequest request, CalendarWindows calendar, RowLayout layout, int most) {
    this.request = request;
    this.calendar = calendar;
    this.layout = layout;
    this.most = most;
    this.used =
        IntStream.concat(
                request.by().stream().mapToInt(Integer::intValue),
                request.where().keySet().stream().mapToInt(Integer::intValue))
            .distinct()
            .sorted()
            .toArray();
    for (int i = 0; i < request.by().size(); i++) {
      ofValues.add(new HashMap<>());
      pairs.add(new PairIds());
    }
    pairs.add(new PairIds());
  }

  /**
   * @throws BadQueryException when there are too many groups
   */
  void add(RowBlock rows) {
    RowBlock block = isOneGroupOfWindows(rows) ? rows.folds().of(rows, used, layout) : rows;
    BlockFilter filter = new BlockFilter(request, block);
    char[][] codes = new char[request.by().size()][];
    int[][] numbers = new int[codes.length][];
    for (int i = 0; i < codes.length; i++) {
      int dimension = request.by().get(i);
      codes[i] = block.codes()[dimension];
      numbers[i] = numbers(ofValues.get(i), block.values()[dimension]);
    }
    for (int w = 0; w < block.windows().length; w++) {
      if (!filter.takesWindow(w)) {
        continue;
      }
      int roll = roll(block.windows()[w]);
      for (int row = block.firstRows()[w]; row < block.firstRows()[w + 1]; row++) {
        if (filter.takesRow(row)) {
          int id = roll;
          for (int i = 0; i < codes.length; i++) {
            id = pairs.get(i).of(id, numbers[i][codes[i][row]]);
          }
          // Not all windows have rows that are asked for: without dimensions, ids have gaps.
          merge(codes.length == 0 ? pairs.get(0).of(id, 0) : id, block, w, row);
        }
      }
    }
  }

  /** Whether all its windows are asked for, and become one. */
  private boolean isOneGroupOfWindows(RowBlock block) {
    int windows = block.windows().length;
    if (windows == 0) {
      return false;
    }
    long first = block.windows()[0];
    long last = block.windows()[windows - 1];
    return request.range().contains(first)
        && request.range().contains(last)
        && (request.roll() == Roll.NONE
            || request.roll().isCalendar()
                && request.roll().group(first, calendar) == request.roll().group(last, calendar));
  }

  private static int[] numbers(Map<@Nullable Object, Integer> known, @Nullable Object[] values) {
    int[] numbers = new int[values.length];
    for (int code = 0; code < values.length; code++) {
      Integer number = known.get(values[code]);
      if (number == null) {
        number = known.size();
        known.put(values[code], number);
      }
      numbers[code] = number;
    }
    return numbers;
  }

  private int roll(long window) {
    return ofWindows.computeIfAbsent(
        window,
        w -> ofRolls.computeIfAbsent(request.roll().group(w, calendar), g -> ofRolls.size()));
  }

  private void merge(int id, RowBlock block, int window, int row) {
    if (id == groups.size()) {
      groups.add(group(block, window, row));
    }
    Group group = groups.get(id);
    Bytes in = block.state(row);
    group.epoch = Math.min(group.epoch, in.getUnsigned());
    group.state.mergeWritten(in);
  }

  private Group group(RowBlock block, int window, int row) {
    if (groups.size() == most) {
      throw new BadQueryException(
          "by",
          "more than %,d rows (query.groups): keep fewer dimensions, or ask for a shorter range"
              .formatted(most));
    }
    List<@Nullable Object> kept = new ArrayList<>(request.by().size());
    request.by().forEach(i -> kept.add(block.value(i, row)));
    long roll = request.roll().group(block.windows()[window], calendar);
    return new Group(RowKey.of(request.aggregate(), roll, kept), new RowState(layout));
  }

  /** The groups in the order of their keys. */
  Iterator<Entry> entries() {
    Group[] sorted = groups.toArray(Group[]::new);
    Arrays.sort(sorted, Comparator.comparing((Group g) -> g.key));
    return Arrays.stream(sorted).map(g -> new Entry(g.key, g.state, g.epoch)).iterator();
  }
}
