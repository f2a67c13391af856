package dev.tandem.streams.client;

import java.util.List;

/** Takes rows of texts, one a column, and prints them. */
interface RowPrinter {
  void row(List<String> cells);

  /** No more rows. */
  void end();
}
