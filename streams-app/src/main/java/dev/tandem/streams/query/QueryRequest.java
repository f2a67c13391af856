package dev.tandem.streams.query;

import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.time.TimeRange;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A question to one aggregate, checked: what is here can be answered.
 *
 * @param range rows whose window starts in it
 * @param by positions of the dimensions that are kept, ascending
 * @param where by position of a dimension, the values of which a row must have one (String, Long,
 *     Boolean; {@link #MISSING} for none)
 * @param order by a number, largest first; empty: by window and dimensions
 * @param limit how many rows at most
 * @param ranges whether histograms are answered with their ranges
 */
public record QueryRequest(
    AggregateDefinition aggregate,
    TimeRange range,
    List<Integer> by,
    Map<Integer, Set<Object>> where,
    Roll roll,
    Optional<MetricPart> order,
    OptionalInt limit,
    boolean ranges) {
  /** Stands for a dimension without value, {@code where=D:}. */
  public static final Object MISSING =
      new Object() {
        @Override
        public String toString() {
          return "(missing)";
        }
      };

  public QueryRequest {
    by = List.copyOf(by);
    where = Map.copyOf(where);
  }

  /** Whether every row of the answer is one row of the aggregate, in the order of its key. */
  public boolean isPlain() {
    return order.isEmpty()
        && by.size() == aggregate.by().size()
        && roll == Roll.of(aggregate.window());
  }

  /**
   * @param parameters of the URL, each with its values in order
   * @throws BadQueryException naming the first parameter that is wrong
   */
  public static QueryRequest parse(
      AggregateDefinition aggregate, ZoneId zone, Map<String, List<String>> parameters) {
    return new QueryParser(aggregate, zone, parameters).parse();
  }
}
