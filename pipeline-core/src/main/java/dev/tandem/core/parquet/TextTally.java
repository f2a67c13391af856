package dev.tandem.core.parquet;

/** What is seen of the texts of one row. */
final class TextTally {
  private long bytes;
  private boolean utf8 = true;

  void add(int length, boolean isUtf8) {
    bytes += length;
    utf8 &= isUtf8;
  }

  long bytes() {
    return bytes;
  }

  boolean isUtf8() {
    return utf8;
  }

  void reset() {
    bytes = 0;
    utf8 = true;
  }
}
