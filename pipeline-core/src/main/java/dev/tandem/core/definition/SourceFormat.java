package dev.tandem.core.definition;

import java.util.List;

/**
 * One layout of a pipeline's files. Formats of one pipeline are told apart by the columns they
 * require.
 *
 * @param delimiter what stands between the values of a CSV row; other kinds do not use it
 */
public record SourceFormat(String name, Kind kind, char delimiter, List<FieldSource> sources) {
  /** What stands between the values of a CSV row unless told otherwise. */
  public static final char COMMA = ',';

  public SourceFormat {
    sources = List.copyOf(sources);
  }

  /** With commas between the values of a row. */
  public SourceFormat(String name, Kind kind, List<FieldSource> sources) {
    this(name, kind, COMMA, sources);
  }

  /** Events with these fields as the events topic has them, a JSON object a line. */
  static SourceFormat ofEvents(List<Field> fields) {
    List<FieldSource> sources =
        fields.stream()
            .map(
                field ->
                    new FieldSource(
                        field,
                        List.of(
                            List.of(
                                field.type() == FieldType.STRINGS
                                    ? field.name() + "[]"
                                    : field.name())),
                        " ",
                        field.type() == FieldType.TIMESTAMP
                            ? new FieldSource.Reading.Iso()
                            : new FieldSource.Reading.Plain(),
                        false))
            .toList();
    return new SourceFormat("events", Kind.JSON_LINES, sources);
  }

  /** What a file is written in. */
  public enum Kind {
    CSV,
    JSON_LINES
  }
}
