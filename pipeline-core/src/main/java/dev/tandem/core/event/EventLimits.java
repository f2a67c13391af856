package dev.tandem.core.event;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What fits into an event, the same for files and topics. */
public final class EventLimits {
  /**
   * The largest absolute value of a LONG, or of a DECIMAL in its scaled units: 10^15. A sum of less
   * than 9,000 such extreme values stays within 64 bits; of ordinary values, of any number.
   */
  public static final long MAX_NUMBER = 1_000_000_000_000_000L;

  /** The longest event id, in bytes of UTF-8. */
  public static final int MAX_ID_BYTES = 512;

  /** 0001-01-01T00:00:00Z. */
  public static final long MIN_TIME = -62_135_596_800_000L;

  /** 9999-12-31T23:59:59.999Z. */
  public static final long MAX_TIME = 253_402_300_799_999L;

  private EventLimits() {}

  public static boolean isNumber(long value) {
    return value >= -MAX_NUMBER && value <= MAX_NUMBER;
  }

  public static boolean isTime(long epochMillis) {
    return epochMillis >= MIN_TIME && epochMillis <= MAX_TIME;
  }

  /** Why a text cannot be an event id; empty when it can. */
  public static Optional<RejectReason> refuseId(String id) {
    if (id.isEmpty()) {
      return Optional.of(RejectReason.MISSING_ID);
    }
    if (id.charAt(0) == 0) {
      return Optional.of(RejectReason.MALFORMED);
    }
    if (id.length() > MAX_ID_BYTES / 3
        && id.getBytes(StandardCharsets.UTF_8).length > MAX_ID_BYTES) {
      return Optional.of(RejectReason.ID_TOO_LONG);
    }
    return Optional.empty();
  }

  /** Whether each surrogate has its partner, without which a text has no UTF-8. */
  public static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
