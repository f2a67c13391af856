package dev.tandem.backfill.report;

import java.io.Serializable;

/**
 * A certificate of some rows that does not depend on their order: equal digests mean, up to chance,
 * equal rows made of equal events.
 *
 * @param rows how many
 * @param states sum, modulo 2^64, of the rows' hashed keys and states
 * @param ids sum, modulo 2^64, of the rows' sums of hashed event ids
 */
public record Digest(long rows, long states, long ids) implements Serializable {
  public static final Digest NONE = new Digest(0, 0, 0);

  public Digest plus(Digest o) {
    return new Digest(rows + o.rows, states + o.states, ids + o.ids);
  }

  /** Both sums as 16 hexadecimal digits each. */
  public String hex() {
    return String.format("%016x%016x", states, ids);
  }
}
