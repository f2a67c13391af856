package dev.tandem.streams.query;

/** A question that cannot be asked: the caller's fault, with the parameter that is wrong. */
public final class BadQueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String parameter;

  public BadQueryException(String parameter, String message) {
    super(message);
    this.parameter = parameter;
  }

  /** Name of the parameter. */
  public String parameter() {
    return parameter;
  }

  /** What is wrong and what to do; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
