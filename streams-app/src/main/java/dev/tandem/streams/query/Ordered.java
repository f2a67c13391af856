package dev.tandem.streams.query;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The rows of an answer in the order, and as many, as a question asks for. */
final class Ordered {
  private final QueryRequest request;

  private record Ranked(Optional<BigDecimal> number, Entry entry) {}

  /** Largest first, those without number last, then by key. */
  private static final Comparator<Ranked> ORDER =
      Comparator.comparing(Ranked::number, Ordered::compareNumbers)
          .thenComparing(r -> r.entry().key());

  Ordered(QueryRequest request) {
    this.request = request;
  }

  /** By a number only the first rows are kept; by key rows pass through. */
  Iterator<Entry> of(Entries rows) {
    int limit = request.limit().orElse(Integer.MAX_VALUE);
    if (request.order().isEmpty()) {
      return stream(rows).limit(limit).iterator();
    }
    MetricPart part = request.order().get();
    PriorityQueue<Ranked> best = new PriorityQueue<>(ORDER.reversed());
    rows.forEachRemaining(
        entry -> {
          best.add(new Ranked(part.of(entry.state()), entry));
          if (best.size() > limit) {
            best.remove();
          }
        });
    List<Ranked> sorted = new ArrayList<>(best);
    Collections.sort(sorted, ORDER);
    return sorted.stream().map(Ranked::entry).iterator();
  }

  private static Stream<Entry> stream(Iterator<Entry> rows) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false);
  }

  private static int compareNumbers(Optional<BigDecimal> a, Optional<BigDecimal> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return Boolean.compare(a.isEmpty(), b.isEmpty());
    }
    return b.get().compareTo(a.get());
  }
}
