package dev.tandem.bench.result;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * One engine once.
 *
 * @param workload such as {@code stream}
 * @param work what it was given, such as {@code 1200000 made-up events}
 * @param command that measured it
 * @param figures by name; the unit is the end of the name: {@code _s}, {@code _ms}, {@code _mb}
 */
public record Run(
    String workload,
    String engine,
    String work,
    Instant at,
    String command,
    Machine machine,
    Map<String, Double> figures) {

  /** How figures begin that are a part of another one. */
  public static final String PHASE = "phase_";

  public Run {
    figures = Map.copyOf(new TreeMap<>(figures));
  }
}
