package dev.tandem.streams.page;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The same files in DuckDB, asked in SQL of its own; numbers as the page writes them. */
final class TripsInDuckDb implements AutoCloseable {
  private final Connection connection;

  TripsInDuckDb(Path folder) throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement sql = connection.createStatement()) {
      sql.execute(
          """
          CREATE TABLE trips AS SELECT nullif(trim(PaymentPlan), '') AS plan, nullif(trim(StartHub), '') AS start_station,
            nullif(trim(EndHub), '') AS end_station, strptime(StartDate || ' ' || StartTime, '%%m/%%d/%%Y %%H:%%M') AS started
          FROM read_csv('%s/*.csv.gz', header = true, all_varchar = true, union_by_name = true, nullstr = '')
          WHERE trim(RouteID) <> ''
          """
              .formatted(folder));
    }
  }

  /** Rows of texts; whole numbers with thousands separators. */
  List<List<String>> rows(String query) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement sql = connection.createStatement();
        ResultSet result = sql.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          Object value = result.getObject(i);
          row.add(value instanceof Long n ? "%,d".formatted(n) : String.valueOf(value));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  String one(String query) throws SQLException {
    return rows(query).get(0).get(0);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
