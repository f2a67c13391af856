package dev.tandem.backfill.engine;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/** Claims to be written; kept until {@link #close}. */
public final class PlannedClaims implements AutoCloseable {
  private final Packed<String, byte[]> packed;
  private final long claimed;
  private final long released;

  PlannedClaims(Packed<String, byte[]> packed, long claimed, long released) {
    this.packed = packed;
    this.claimed = claimed;
    this.released = released;
  }

  /** Event ids that this backfill claims. */
  public long claimed() {
    return claimed;
  }

  /** Event ids claimed before that it releases. */
  public long released() {
    return released;
  }

  /** Passes each event id's UTF-8 bytes and claims. */
  public void forEach(BiConsumer<byte[], byte[]> sink) {
    packed.forEach((id, claims) -> sink.accept(id.getBytes(StandardCharsets.UTF_8), claims));
  }

  @Override
  public void close() {
    packed.unpersist();
  }
}
