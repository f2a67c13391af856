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
}
