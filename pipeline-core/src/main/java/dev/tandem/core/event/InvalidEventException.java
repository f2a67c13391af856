package dev.tandem.core.event;

/** Bytes that are not a valid event; an expected outcome for whoever reads them. */
public final class InvalidEventException extends Exception {
  private static final long serialVersionUID = 1L;

  private final RejectReason reason;

  public InvalidEventException(RejectReason reason, String message) {
    // Bad events may come by the million: no stack trace, it would name only the reader.
    super(message, null, false, false);
    this.reason = reason;
  }

  public RejectReason reason() {
    return reason;
  }

  /** What is wrong, naming the field; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
