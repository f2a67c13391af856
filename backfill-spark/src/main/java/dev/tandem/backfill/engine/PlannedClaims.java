package dev.tandem.backfill.engine;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.function.BiConsumer;
import org.apache.spark.api.java.JavaPairRDD;
import scala.Tuple2;

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
    Iterator<Tuple2<String, byte[]>> claims = Jobs.run(rdd::toLocalIterator);
    while (Jobs.run(claims::hasNext)) {
      Tuple2<String, byte[]> claim = claims.next();
      sink.accept(claim._1().getBytes(StandardCharsets.UTF_8), claim._2());
    }
  }

  @Override
  public void close() {
    rdd.unpersist();
  }
}
