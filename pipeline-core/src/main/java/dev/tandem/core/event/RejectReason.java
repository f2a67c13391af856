package dev.tandem.core.event;

import java.util.Locale;

/** Why a row of a file or a record of the events topic is not an event. */
public enum RejectReason {
  /** A row of a file without any value. */
  BLANK,
  /** No event id. */
  MISSING_ID,
  /** The event id is longer than {@link EventLimits#MAX_ID_BYTES}. */
  ID_TOO_LONG,
  /** No event time, or one that cannot be read. */
  UNREADABLE_TIME,
  /** Of the right format, but broken: columns too many or too few, a key twice, a broken text. */
  MALFORMED,
  /** Bytes that are not UTF-8. */
  INVALID_UTF8,
  /** Not JSON, or something follows the JSON value. */
  NOT_JSON,
  /** JSON, but no object. */
  NOT_AN_OBJECT,
  /** A field holds a JSON value of another type than declared. */
  WRONG_TYPE,
  /** A number or time that the field cannot hold. */
  OUT_OF_RANGE,
  /** A record without value that is no barrier. */
  EMPTY,
  /** Larger than is read. */
  TOO_LARGE,
  /** The record's key is not its event id. */
  KEY_MISMATCH,
  /** The record lies in another partition than its key belongs to. */
  WRONG_PARTITION,
  /** The event time is more than 24 hours after the record was appended. */
  FUTURE_TIME,
  /** A barrier of a backfill that never started. */
  UNKNOWN_BARRIER;

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** As in headers and reports: {@code missing-id}. */
  public String code() {
    return code;
  }

  /**
   * The reason of a code.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static RejectReason ofCode(String code) {
    return valueOf(code.replace('-', '_').toUpperCase(Locale.ROOT));
  }
}
