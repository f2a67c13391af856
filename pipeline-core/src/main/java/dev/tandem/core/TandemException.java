package dev.tandem.core;

/**
 * A failure that a user can understand and act on. Its message is the one line that a command
 * shows: it names the thing, its value and what to do. Anything else that is thrown is a fault of
 * Tandem.
 */
public final class TandemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Exit status of a command that was used or configured wrongly. */
  public static final int WRONG_USE = 2;

  /** Exit status of a command that was right but failed. */
  public static final int FAILED = 1;

  private final int exitCode;

  private TandemException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  private TandemException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The user asked for something that cannot be: a wrong flag, a wrong file, a wrong setting. */
  public static TandemException wrongUse(String message) {
    return new TandemException(WRONG_USE, message);
  }

  /** As {@link #wrongUse(String)}, keeping what found it out. */
  public static TandemException wrongUse(String message, Throwable cause) {
    return new TandemException(WRONG_USE, message, cause);
  }

  /** The request was right but could not be carried out: a broker that is down, a full disk. */
  public static TandemException failed(String message) {
    return new TandemException(FAILED, message);
  }

  /** As {@link #failed(String)}, keeping what went wrong below. */
  public static TandemException failed(String message, Throwable cause) {
    return new TandemException(FAILED, message, cause);
  }

  /** The line to show; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** {@link #FAILED} or {@link #WRONG_USE}. */
  public int exitCode() {
    return exitCode;
  }
}
