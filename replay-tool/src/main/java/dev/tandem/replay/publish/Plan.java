package dev.tandem.replay.publish;

import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.time.TimeRange;
import dev.tandem.replay.merge.Merge;
import dev.tandem.replay.merge.Source;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * What is to be replayed.
 *
 * @param id 16 hexadecimal digits, the same for the same pipeline, files (names and sizes) and
 *     range; one of its own for every replay of standard input
 * @param order 16 hexadecimal digits, the same where the same files give the same records in the
 *     same order
 */
public record Plan(
    String id, PipelineDefinition pipeline, List<Source> sources, TimeRange range, String order) {
  public Plan {
    sources = List.copyOf(sources);
  }

  public static Plan of(PipelineDefinition pipeline, List<Source> sources, TimeRange range) {
    StringBuilder what = new StringBuilder(pipeline.name()).append('\n').append(range);
    for (Source source : sources) {
      what.append('\n').append(name(source)).append('\n').append(source.bytes());
    }
    if (!isResumable(sources)) {
      what.append('\n').append(UUID.randomUUID());
    }
    String decoding =
        Merge.ORDER_VERSION + "\n" + pipeline.zone() + pipeline.schema() + pipeline.formats();
    return new Plan(hash(what.toString()), pipeline, sources, range, hash(decoding));
  }

  /**
   * A live stream.
   *
   * @param name for messages and the source of rejected messages
   * @param address tells streams apart; two ingests of one address are the same
   */
  static Plan ofStream(PipelineDefinition pipeline, String name, String address) {
    String id = hash("stream\n" + pipeline.name() + "\n" + address);
    return new Plan(id, pipeline, List.of(Source.stream(name)), TimeRange.ALL, hash("stream"));
  }

  /** Standard input cannot be read again. */
  boolean isResumable() {
    return isResumable(sources);
  }

  private static boolean isResumable(List<Source> sources) {
    return sources.stream().allMatch(s -> s.path().isPresent());
  }

  /** How to go on with a replay that ended early, for messages. */
  public String remedy() {
    return isResumable()
        ? "--resume goes on where it stopped"
        : "let the source send its last events again, repeated ones are dropped";
  }

  /** The same file has the same name from whatever folder it is named. */
  static String name(Source source) {
    return source
        .path()
        .map(Path::toAbsolutePath)
        .map(Path::normalize)
        .map(Path::toString)
        .orElse(source.name());
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
