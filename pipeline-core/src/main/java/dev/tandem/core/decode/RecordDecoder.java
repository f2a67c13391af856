package dev.tandem.core.decode;

import dev.tandem.core.definition.SourceFormat;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Decodes the records of one format. */
abstract class RecordDecoder implements Iterator<Decoded> {
  private final SourceFormat format;
  private @Nullable Decoded ahead;

  RecordDecoder(SourceFormat format) {
    this.format = format;
  }

  final SourceFormat format() {
    return format;
  }

  /** The next record, or null at the end. */
  abstract @Nullable Decoded read();

  @Override
  public final boolean hasNext() {
    if (ahead == null) {
      ahead = read();
    }
    return ahead != null;
  }

  @Override
  public final Decoded next() {
    if (!hasNext() || ahead == null) {
      throw new NoSuchElementException();
    }
    Decoded next = ahead;
    ahead = null;
    return next;
  }
}
