package dev.tandem.core.decision;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where history that can be learned from begins and ends. Its end is not simply its last event: one
 * broken clock dates trips years ahead, and then the last weeks would be empty ones.
 *
 * @param first start of the first hour that has events
 * @param end start of the last one, which may not be over: exclusive
 */
public record LearnedRange(long first, long end) {
  private static final long DAY = 24 * Hours.LENGTH;

  /** A day counts with this part of the events of a usual one. */
  private static final double LEAST_PART = 0.01;

  private static final int WEEK = 7;

  /**
   * The range up to the last day that has at least a hundredth of the events of a usual day (their
   * median) and, in the week before it, another such day.
   *
   * @param events by the start of their hour
   * @return empty where there are no events; of a single day where no two days are near each other
   */
  public static Optional<LearnedRange> of(Map<Long, Long> events) {
    NavigableMap<Long, Long> byHour = new TreeMap<>(events);
    byHour.values().removeIf(count -> count == 0);
    NavigableMap<Long, Long> byDay = new TreeMap<>();
    byHour.forEach((hour, n) -> byDay.merge(Math.floorDiv(hour, DAY), n, Long::sum));
    Set<Long> ordinary = ordinary(byDay);
    return byDay.descendingKeySet().stream()
        .filter(day -> ordinary.contains(day) && hasAnother(ordinary, day))
        .findFirst()
        .or(() -> Optional.ofNullable(byDay.firstEntry()).map(Map.Entry::getKey))
        .map(day -> new LearnedRange(byHour.firstKey(), byHour.lowerKey((day + 1) * DAY)));
  }

  /** Whether it is a week at least, of which hours of the week can be learned. */
  public boolean isWeek() {
    return end - first >= WEEK * DAY;
  }

  private static Set<Long> ordinary(NavigableMap<Long, Long> byDay) {
    List<Long> sorted = byDay.values().stream().sorted().toList();
    double least = sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2) * LEAST_PART;
    Set<Long> days = new HashSet<>(byDay.keySet());
    days.removeIf(day -> byDay.getOrDefault(day, 0L) < least);
    return days;
  }

  private static boolean hasAnother(Set<Long> days, long day) {
    for (long before = day - WEEK; before < day; before++) {
      if (days.contains(before)) {
        return true;
      }
    }
    return false;
  }
}
