package dev.tandem.core.definition;

import java.util.List;

/**
 * One layout of a pipeline's files. Formats of one pipeline are told apart by the columns they
 * require.
 */
public record SourceFormat(String name, Kind kind, List<FieldSource> sources) {
  public SourceFormat {
    sources = List.copyOf(sources);
  }

  /** What a file is written in. */
  public enum Kind {
    CSV,
    JSON_LINES
  }
}
