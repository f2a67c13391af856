package dev.tandem.core.decode;

import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.SourceFormat;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One JSON object a line. */
final class JsonLinesDecoder extends RecordDecoder {
  private final Lines lines;
  private final MessageDecoder messages;

  JsonLinesDecoder(PipelineDefinition pipeline, SourceFormat format, Lines lines) {
    super(format);
    this.lines = lines;
    this.messages = new MessageDecoder(pipeline, format);
  }

  @Override
  @Nullable Decoded read() {
    Lines.Line line = lines.next();
    if (line == null) {
      return null;
    }
    int length = Math.min(line.length(), FileDecoder.MAX_RECORD_BYTES);
    byte[] raw = Arrays.copyOf(line.bytes(), length);
    return messages.decode(line.number(), raw, line.tooLong());
  }
}
