package dev.tandem.core.definition;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Where a field's text stands in a file and how it is read.
 *
 * @param parts columns (CSV) or paths (JSON, dots between names, {@code []} behind a list) whose
 *     trimmed texts are joined; each part is a list of aliases of which the first present one is
 *     taken
 * @param join put between the parts; a field with more than one part is null when any part is empty
 * @param required whether a file without the column is refused
 */
public record FieldSource(
    Field field, List<List<String>> parts, String join, Reading reading, boolean required) {
  public FieldSource {
    parts = parts.stream().map(List::copyOf).toList();
    if (parts.isEmpty() || parts.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("no source for " + field.name());
    }
  }

  /** How text becomes a value. */
  public sealed interface Reading {
    /** By the field's type: text, decimal digits, {@code true}/{@code false} in any case. */
    record Plain() implements Reading {}

    /**
     * A {@link java.time.format.DateTimeFormatter} pattern; local unless the pattern has an offset.
     */
    record Pattern(String pattern) implements Reading {}

    /** ISO-8601 with offset. */
    record Iso() implements Reading {}

    /**
     * Seconds, milliseconds or microseconds since 1970; of microseconds the part of a millisecond
     * is dropped.
     */
    record Epoch(TimeUnit unit) implements Reading {}

    /** {@code H…:MM:SS}, hours of any length, to seconds. */
    record Hms() implements Reading {}
  }
}
