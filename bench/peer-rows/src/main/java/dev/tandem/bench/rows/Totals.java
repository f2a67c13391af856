package dev.tandem.bench.rows;

import java.math.BigDecimal;
import java.nio.ByteBuffer;

/** What a row keeps: trips, and the statistics of both fields. Adding is commutative. */
public record Totals(long trips, Stats seconds, Stats cents) {
  private static final int BYTES = 9 * Long.BYTES;

  /** Of one trip. */
  public static Totals of(Trip trip) {
    return new Totals(1, Stats.of(trip.seconds()), Stats.of(trip.cents()));
  }

  /** Of both. */
  public Totals plus(Totals other) {
    return new Totals(trips + other.trips, seconds.plus(other.seconds), cents.plus(other.cents));
  }

  /** As 72 bytes. */
  public byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(BYTES).putLong(trips);
    seconds.write(out);
    cents.write(out);
    return out.array();
  }

  /** Reads what {@link #toBytes} wrote. */
  public static Totals fromBytes(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new Totals(in.getLong(), Stats.read(in), Stats.read(in));
  }

  /** The value of a published row. */
  public String toJson() {
    StringBuilder json = new StringBuilder(160).append("{\"trips\":").append(trips);
    append(json.append(",\"duration_s\":"), seconds, 0);
    append(json.append(",\"distance_mi\":"), cents, 2);
    return json.append('}').toString();
  }

  private static void append(StringBuilder json, Stats stats, int scale) {
    json.append("{\"count\":").append(stats.count());
    json.append(",\"sum\":").append(decimal(stats.sum(), scale));
    if (stats.count() > 0) {
      json.append(",\"min\":").append(decimal(stats.min(), scale));
      json.append(",\"max\":").append(decimal(stats.max(), scale));
    }
    json.append('}');
  }

  private static String decimal(long unscaled, int scale) {
    return scale == 0 ? Long.toString(unscaled) : BigDecimal.valueOf(unscaled, scale).toString();
  }
}
