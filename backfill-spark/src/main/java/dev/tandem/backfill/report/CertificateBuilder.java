package dev.tandem.backfill.report;

import dev.tandem.core.row.RowKey;
import java.time.ZoneId;
import java.util.TreeMap;

/** Sums up rows, one by one. Not thread-safe. */
public final class CertificateBuilder {
  private final Slices slices;
  private final TreeMap<Slice, Digest> digests = new TreeMap<>();

  public CertificateBuilder(ZoneId zone) {
    slices = new Slices(zone);
  }

  /**
   * Takes a row.
   *
   * @param aggregate index in the pipeline
   * @param state its bytes; none for a row that does not exist, which is passed over
   */
  public void add(int aggregate, RowKey key, byte[] state) {
    if (state.length > 0) {
      digests.merge(slices.of(aggregate, key.windowStart()), Digest.of(key, state), Digest::plus);
    }
  }

  public Certificate build() {
    return new Certificate(digests);
  }
}
