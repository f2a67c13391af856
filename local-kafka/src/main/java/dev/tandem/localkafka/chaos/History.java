package dev.tandem.localkafka.chaos;

import dev.tandem.core.TandemException;
import dev.tandem.core.decode.Decoded;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.Event;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What the files hold: events by day, and some events as samples.
 *
 * @param days how many events each day has, in the pipeline's zone
 * @param samples some thousand events from everywhere
 */
record History(List<File> files, TreeMap<LocalDate, Long> days, List<Event> samples) {
  private static final int SAMPLES = 5_000;
  private static final int RATHER_MANY = 500_000;

  /**
   * One file.
   *
   * @param first day of an event of it
   * @param last day of an event of it
   */
  record File(Path path, LocalDate first, LocalDate last) {}

  /** Days, the first and the last included. */
  record Span(LocalDate first, LocalDate last) {}

  static History read(PipelineDefinition pipeline, List<Path> paths) {
    List<File> files = new ArrayList<>();
    TreeMap<LocalDate, Long> days = new TreeMap<>();
    List<Event> samples = new ArrayList<>();
    int every = Math.max(1, RATHER_MANY / SAMPLES);
    long n = 0;
    for (Path path : paths) {
      TreeMap<LocalDate, Long> own = new TreeMap<>();
      try (FileDecoder decoder = FileDecoder.open(pipeline, path)) {
        while (decoder.hasNext()) {
          if (decoder.next() instanceof Decoded.Good good) {
            Event event = good.event();
            own.merge(
                LocalDate.ofInstant(Instant.ofEpochMilli(event.time()), pipeline.zone()),
                1L,
                Long::sum);
            if (n++ % every == 0 || samples.size() < SAMPLES / 10) {
              samples.add(event);
            }
          }
        }
      }
      if (!own.isEmpty()) {
        files.add(new File(path, own.firstKey(), own.lastKey()));
        own.forEach((day, count) -> days.merge(day, count, Long::sum));
      }
    }
    if (days.size() < 2) {
      throw TandemException.wrongUse("the files have events of fewer than two days: give more");
    }
    return new History(List.copyOf(files), days, List.copyOf(samples));
  }

  long events() {
    return days.values().stream().mapToLong(Long::longValue).sum();
  }

  long events(Span span) {
    return days.subMap(span.first(), true, span.last(), true).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Days that hold about {@code share} of all events or somewhat less, somewhere. */
  Span some(Dice dice, double share) {
    List<LocalDate> all = List.copyOf(days.keySet());
    int from = dice.between(0, all.size() - 1);
    long most = Math.round(share * events());
    long have = 0;
    int to = from;
    while (to < all.size() && have < most) {
      have += days.getOrDefault(all.get(to), 0L);
      to++;
    }
    return new Span(all.get(from), all.get(Math.max(from, to - 1)));
  }

  /** The day before which {@code share} of all events lie. */
  LocalDate at(double share) {
    long have = 0;
    for (var day : days.entrySet()) {
      have += day.getValue();
      if (have >= share * events()) {
        return day.getKey();
      }
    }
    return days.lastKey();
  }

  /** The files with events of these days. */
  List<Path> files(Span span) {
    return files.stream()
        .filter(f -> !f.last().isBefore(span.first()) && !f.first().isAfter(span.last()))
        .map(File::path)
        .toList();
  }
}
