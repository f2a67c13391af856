package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code tandem backtest} over real months: what came, and what came a week before, is what DuckDB
 * counts in the same files; what is learned predicts better.
 */
class BacktestIT {
  /** Midnight of 1 July 2017 in Portland, hours since the epoch. */
  private static final long FIRST = 1_498_892_400L / 3_600;

  private static final int DAYS = 31;

  @Test
  void shouldPredictBetterThanLastWeekAndCountWhatDuckDbCounts() throws Exception {
    List<Path> months = RealFiles.months("2017_05", "2017_07");
    List<String> arguments =
        new ArrayList<>(
            List.of("backtest", "-p", "biketown", "--json", "--from", "2017-07-01", "--files"));
    months.forEach(month -> arguments.add(month.toString()));
    String output = TandemProcess.run(0, arguments.toArray(String[]::new));
    JsonNode result = new ObjectMapper().readTree(output);
    assertThat(result.get("from").asText()).isEqualTo("2017-07-01T00:00-07:00");
    assertThat(result.get("to").asText()).isEqualTo("2017-08-01T00:00-07:00");

    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
      BiketownOracle.loadTrips(duckdb, months);
      compare(duckdb, forecast(result, "departures_hourly"), "start_station", "started");
      compare(duckdb, forecast(result, "arrivals_hourly"), "end_station", "ended");
    }
    for (JsonNode decision : result.get("decisions")) {
      assertThat(decision.get("raised").asLong()).isNotNegative();
      if (decision.get("name").asText().equals("rebalance")) {
        assertThat(decision.get("raised").asLong()).isBetween(50L, 500L);
        assertThat(decision.get("top")).hasSize(20);
      }
    }
  }

  private static JsonNode forecast(JsonNode result, String aggregate) {
    for (JsonNode forecast : result.get("forecasts")) {
      if (forecast.get("aggregate").asText().equals(aggregate)) {
        return forecast;
      }
    }
    throw new AssertionError(aggregate + " in " + result);
  }

  private static void compare(Connection duckdb, JsonNode forecast, String subject, String time)
      throws SQLException {
    try (Statement sql = duckdb.createStatement()) {
      sql.execute(
          """
          CREATE OR REPLACE TABLE n AS
          SELECT %1$s AS k, epoch(%2$s)::BIGINT // 3600 AS h, count(*) AS c
          FROM trips WHERE %1$s IS NOT NULL AND %2$s IS NOT NULL GROUP BY ALL
          """
              .formatted(subject, time));
      // Each night knows who had an event in the eight weeks before.
      sql.execute(
          """
          CREATE OR REPLACE TABLE cells AS
          WITH nights AS (SELECT unnest(range(%1$d, %1$d + 24 * %2$d, 24)) AS m),
            known AS (SELECT DISTINCT m, k FROM nights JOIN n ON h >= m - 8 * 168 AND h < m),
            hours AS (SELECT k, unnest(range(m, m + 24)) AS h FROM known)
          SELECT hours.k, hours.h, coalesce(now.c, 0) AS came, coalesce(week.c, 0) AS before
          FROM hours LEFT JOIN n AS now ON now.k = hours.k AND now.h = hours.h
            LEFT JOIN n AS week ON week.k = hours.k AND week.h = hours.h - 168
          """
              .formatted(FIRST, DAYS));
      errors(sql, forecast.get("each"), "cells");
      errors(
          sql,
          forecast.get("all"),
          "(SELECT sum(came) AS came, sum(before) AS before FROM cells GROUP BY h)");
    }
  }

  private static void errors(Statement sql, JsonNode found, String cells) throws SQLException {
    try (ResultSet row =
        sql.executeQuery("SELECT count(*), avg(abs(came - before)), avg(came) FROM " + cells)) {
      assertThat(row.next()).isTrue();
      assertThat(found.get("predictions").asLong()).isEqualTo(row.getLong(1));
      assertThat(found.get("last_week").asDouble()).isCloseTo(row.getDouble(2), within(1e-9));
      assertThat(found.get("zero").asDouble()).isCloseTo(row.getDouble(3), within(1e-9));
      assertThat(found.get("learned").asDouble()).isLessThan(0.95 * row.getDouble(2));
    }
  }
}
