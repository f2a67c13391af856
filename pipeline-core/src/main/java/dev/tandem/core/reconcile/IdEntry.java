package dev.tandem.core.reconcile;

import dev.tandem.core.aggregate.Bytes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a partition remembers of one event id: whether it was seen in the log, on which day it was
 * appended, and what backfills have claimed. Bytes: flags (1: seen, 2: claims) · day since the
 * epoch (varint) when seen · claims when any.
 */
record IdEntry(boolean seen, long day, Claims claims) {
  static final IdEntry UNKNOWN = new IdEntry(false, 0, Claims.NONE);
  private static final int SEEN = 1;
  private static final int CLAIMS = 2;

  IdEntry seenOn(long appendDay) {
    return new IdEntry(true, appendDay, claims);
  }

  IdEntry withClaims(Claims newClaims) {
    return new IdEntry(seen, day, newClaims);
  }

  /**
   * Forgets a sighting before {@code firstDay}; empty when nothing is left to remember. Claims
   * never expire.
   */
  Optional<IdEntry> forgetBefore(long firstDay) {
    if (!seen || day >= firstDay) {
      return Optional.of(this);
    }
    return claims.isEmpty() ? Optional.empty() : Optional.of(new IdEntry(false, 0, claims));
  }

  /** Whether the bytes of an entry have claims, without reading the rest. */
  static boolean isClaimed(byte[] bytes) {
    return (bytes[0] & CLAIMS) != 0;
  }

  byte[] toBytes() {
    Bytes out = Bytes.writer();
    out.putByte((seen ? SEEN : 0) | (claims.isEmpty() ? 0 : CLAIMS));
    if (seen) {
      out.putUnsigned(day);
    }
    if (!claims.isEmpty()) {
      claims.write(out);
    }
    return out.toArray();
  }

  static IdEntry fromBytes(byte @Nullable [] bytes) {
    if (bytes == null) {
      return UNKNOWN;
    }
    Bytes in = Bytes.reader(bytes);
    int flags = in.getByte();
    boolean seen = (flags & SEEN) != 0;
    long day = seen ? in.getUnsigned() : 0;
    return new IdEntry(seen, day, (flags & CLAIMS) != 0 ? Claims.read(in) : Claims.NONE);
  }
}
