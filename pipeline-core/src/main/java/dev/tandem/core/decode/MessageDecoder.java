package dev.tandem.core.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.core.TandemException;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.SourceFormat;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.RejectReason;
import dev.tandem.core.event.Utf8;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Messages that are a JSON object each, such as the lines of a file. Not thread-safe. */
public final class MessageDecoder {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .readerFor(JsonNode.class);

  private final NodeReader nodes;

  MessageDecoder(PipelineDefinition pipeline, SourceFormat format) {
    this.nodes = new NodeReader(pipeline, format);
  }

  /**
   * Decodes by the pipeline's first format of JSON lines.
   *
   * @throws TandemException of wrong use where it has none
   */
  public static MessageDecoder of(PipelineDefinition pipeline) {
    return pipeline.formats().stream()
        .filter(format -> format.kind() == SourceFormat.Kind.JSON_LINES)
        .findFirst()
        .map(format -> new MessageDecoder(pipeline, format))
        .orElseThrow(
            () ->
                TandemException.wrongUse(
                    "Pipeline "
                        + pipeline.name()
                        + " has no format of type json-lines: add one, messages are read by it"));
  }

  /**
   * Decodes one message.
   *
   * @param line its number, from 1
   * @param raw its bytes, {@link FileDecoder#MAX_RECORD_BYTES} of them at most
   * @param cut whether it is longer than that
   */
  public Decoded decode(long line, byte[] raw, boolean cut) {
    if (cut) {
      String error = "longer than " + FileDecoder.MAX_RECORD_BYTES + " bytes";
      return bad(line, raw, RejectReason.TOO_LARGE, error);
    }
    if (!Utf8.isValid(raw, 0, raw.length)) {
      return bad(line, raw, RejectReason.INVALID_UTF8, "not UTF-8");
    }
    if (isBlank(raw)) {
      return bad(line, raw, RejectReason.BLANK, "nothing in the line");
    }
    JsonNode root;
    try {
      root = JSON.readTree(raw, 0, raw.length);
    } catch (JsonProcessingException e) {
      return bad(line, raw, RejectReason.NOT_JSON, "not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!root.isObject()) {
      String error = "not a JSON object but " + root.getNodeType();
      return bad(line, raw, RejectReason.NOT_AN_OBJECT, error);
    }
    return decode(line, raw, root);
  }

  private Decoded decode(long line, byte[] raw, JsonNode root) {
    Event event = nodes.newEvent();
    Optional<EventCheck.Refusal> refusal = nodes.read(root, event);
    return refusal.isPresent()
        ? bad(line, raw, refusal.get().reason(), refusal.get().error())
        : new Decoded.Good(event, line);
  }

  private static Decoded.Bad bad(long line, byte[] raw, RejectReason reason, String error) {
    return new Decoded.Bad(line, raw, reason, error, null);
  }

  private static boolean isBlank(byte[] raw) {
    for (byte b : raw) {
      if (b > ' ' || b < 0) {
        return false;
      }
    }
    return true;
  }
}
