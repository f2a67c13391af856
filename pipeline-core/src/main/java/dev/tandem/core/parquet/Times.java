package dev.tandem.core.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;

/** Dates and times as POJO nodes, see {@link ParquetRow}. */
final class Times {
  private static final long NANOS_A_DAY = 86_400_000_000_000L;

  /** The Julian day on which 1970 began. */
  private static final int EPOCH = 2_440_588;

  private Times() {}

  static JsonNode ofDay(int epochDay) {
    return new POJONode(LocalDate.ofEpochDay(epochDay));
  }

  static JsonNode ofTime(long units, TimeUnit unit) {
    if (units < 0 || units >= NANOS_A_DAY / nanos(unit)) {
      return Values.none();
    }
    return new POJONode(LocalTime.ofNanoOfDay(units * nanos(unit)));
  }

  static JsonNode ofTimestamp(long units, TimestampLogicalTypeAnnotation type) {
    long perSecond = 1_000_000_000L / nanos(type.getUnit());
    Instant instant =
        Instant.ofEpochSecond(
            Math.floorDiv(units, perSecond),
            Math.floorMod(units, perSecond) * nanos(type.getUnit()));
    return new POJONode(
        type.isAdjustedToUTC() ? instant : LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
  }

  /** An instant as Hive, Impala and old Spark write it: nanoseconds of a Julian day. */
  static JsonNode ofInt96(Binary raw) {
    ByteBuffer bytes = raw.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long nanos = bytes.getLong();
    long day = bytes.getInt() - EPOCH;
    return new POJONode(Instant.ofEpochSecond(day * 86_400, nanos));
  }

  /** {@code H:MM:SS} of hours of any length; none with months, whose length nobody knows. */
  static JsonNode ofInterval(Binary raw) {
    ByteBuffer bytes = raw.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long months = Integer.toUnsignedLong(bytes.getInt());
    long days = Integer.toUnsignedLong(bytes.getInt());
    long seconds = days * 86_400 + Integer.toUnsignedLong(bytes.getInt()) / 1000;
    if (months != 0) {
      return Values.none();
    }
    return TextNode.valueOf(
        "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60));
  }

  private static long nanos(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> 1_000_000;
      case MICROS -> 1_000;
      case NANOS -> 1;
    };
  }
}
