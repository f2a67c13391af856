package dev.tandem.core.aggregate;

import dev.tandem.core.definition.Metric;

/** A sum left 64 bits. */
public final class RowOverflowException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  RowOverflowException(Metric metric, ArithmeticException cause) {
    super(
        "the sum of metric '"
            + metric.name()
            + "' exceeds 64 bits: bound its field with a null_outside rule");
    initCause(cause);
  }

  private RowOverflowException(String message, RowOverflowException cause) {
    super(message);
    initCause(cause);
  }

  /** The same, saying in which row. */
  public RowOverflowException in(Object row) {
    return new RowOverflowException("row " + row + ": " + getMessage(), this);
  }
}
