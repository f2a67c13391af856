package dev.tandem.backfill.engine;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.apache.spark.api.java.JavaPairRDD;

/** Claims to be written; kept until {@link #close}. */
public final class PlannedClaims implements AutoCloseable {
  private final JavaPairRDD<String, byte[]> rdd;
  private final long claimed;
  private final long released;

  PlannedClaims(JavaPairRDD<String, byte[]> rdd, long claimed, long released) {
    this.rdd = rdd;
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
    rdd.toLocalIterator()
        .forEachRemaining(c -> sink.accept(c._1().getBytes(StandardCharsets.UTF_8), c._2()));
  }

  @Override
  public void close() {
    rdd.unpersist();
  }
}
