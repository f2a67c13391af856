package dev.tandem.core.parquet;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A row. Absent values have no member; dates and times are POJO nodes of {@link
 * java.time.LocalDate}, {@link java.time.LocalTime}, {@link java.time.LocalDateTime} or {@link
 * java.time.Instant}.
 *
 * @param number from 1
 * @param values a member a column
 * @param textBytes how long all texts in it are together
 * @param isText whether every text in it is UTF-8
 */
public record ParquetRow(long number, ObjectNode values, long textBytes, boolean isText) {}
