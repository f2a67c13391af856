package dev.tandem.bench.flink;

/** A row to publish; public fields and no arguments, as Flink's fast serializer wants it. */
public final class Row {
  /** JSON. */
  public String key = "";

  /** JSON. */
  public String value = "";

  /** For Flink. */
  public Row() {}

  Row(String key, String value) {
    this.key = key;
    this.value = value;
  }
}
