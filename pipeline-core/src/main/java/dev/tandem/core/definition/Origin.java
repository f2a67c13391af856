package dev.tandem.core.definition;

import java.util.Map;
import java.util.Optional;

/**
 * Where the data of a pipeline comes from. It is no part of the {@link PipelineDefinition}: what is
 * read counts the same wherever it is from.
 *
 * @param history address of the published monthly files, with {@code {yyyy}} and {@code {MM}} for
 *     year and month
 * @param live address of a stream of JSON objects: {@code ws}, {@code wss}, {@code http}, {@code
 *     https}
 * @param cursor how the stream is told where to go on
 * @param only what a message of the stream holds that is one of the pipeline's: text by path, dots
 *     between names; others, such as notices of deletion, are passed over
 */
public record Origin(
    Optional<String> history,
    Optional<String> live,
    Optional<Cursor> cursor,
    Map<String, String> only) {
  static final Origin NONE =
      new Origin(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

  public Origin {
    only = Map.copyOf(only);
  }

  /**
   * A whole number in each message that grows along the stream, and that the stream can be asked to
   * begin at.
   *
   * @param path of the number in a message, dots between names
   * @param parameter of the query that asks for it
   * @param rewind how much before the last message seen the stream is to begin, in units of the
   *     number; messages that come again are dropped by their ids
   */
  public record Cursor(String path, String parameter, long rewind) {}
}
