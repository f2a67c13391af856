package dev.tandem.core.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.SourceFormat;
import dev.tandem.core.event.Event;
import dev.tandem.core.event.RejectReason;
import dev.tandem.core.event.Utf8;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One JSON object a line. */
final class JsonLinesDecoder extends RecordDecoder {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .readerFor(JsonNode.class);

  private final Lines lines;
  private final List<JsonSource> sources;
  private final EventCheck check;

  JsonLinesDecoder(PipelineDefinition pipeline, SourceFormat format, Lines lines) {
    super(format);
    this.lines = lines;
    this.check = new EventCheck(pipeline.schema(), format);
    this.sources = format.sources().stream().map(s -> new JsonSource(s, pipeline.zone())).toList();
  }

  @Override
  @Nullable Decoded read() {
    Lines.Line line = lines.next();
    if (line == null) {
      return null;
    }
    int length = Math.min(line.length(), FileDecoder.MAX_RECORD_BYTES);
    byte[] raw = Arrays.copyOf(line.bytes(), length);
    if (line.tooLong()) {
      String error = "longer than " + FileDecoder.MAX_RECORD_BYTES + " bytes";
      return new Decoded.Bad(line.number(), raw, RejectReason.TOO_LARGE, error, null);
    }
    if (!Utf8.isValid(raw, 0, length)) {
      return new Decoded.Bad(line.number(), raw, RejectReason.INVALID_UTF8, "not UTF-8", null);
    }
    if (isBlank(raw)) {
      return new Decoded.Bad(line.number(), raw, RejectReason.BLANK, "nothing in the line", null);
    }
    return decode(line.number(), raw);
  }

  private Decoded decode(long line, byte[] raw) {
    JsonNode root;
    try {
      root = JSON.readTree(raw, 0, raw.length);
    } catch (JsonProcessingException e) {
      String error = "not JSON: " + e.getOriginalMessage();
      return new Decoded.Bad(line, raw, RejectReason.NOT_JSON, error, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!root.isObject()) {
      String error = "not a JSON object but " + root.getNodeType();
      return new Decoded.Bad(line, raw, RejectReason.NOT_AN_OBJECT, error, null);
    }
    Event event = check.newEvent();
    for (JsonSource source : sources) {
      if (!source.read(root, event)) {
        String error = source.field().name() + " has half a surrogate pair";
        return new Decoded.Bad(line, raw, RejectReason.MALFORMED, error, null);
      }
    }
    Optional<EventCheck.Refusal> refusal = check.refuse(event);
    return refusal.isPresent()
        ? new Decoded.Bad(line, raw, refusal.get().reason(), refusal.get().error(), null)
        : new Decoded.Good(event, line);
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
