package dev.tandem.bench.query;

import dev.tandem.bench.work.Ground;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBConnection;

/**
 * The rows in a table in memory, in the order of their windows, asked in this process: without
 * HTTP, with prepared statements.
 */
final class DuckDbTable implements Answerer {
  private final Connection duckdb;

  private DuckDbTable(Connection duckdb) {
    this.duckdb = duckdb;
  }

  static DuckDbTable load(Ground ground) {
    Path file = ground.work().folder().resolve("expected.parquet");
    ground.rows().write(file);
    try {
      Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
      try (Statement sql = duckdb.createStatement()) {
        sql.execute(
            """
            create table departures_hourly as
            select w, left(w, 19)::timestamp as hour, k1 as start_station, trips, dn, ds, dl, dm, mn, ms, ml, mm
            from read_parquet('%s') where aggregate = 'departures_hourly' order by hour, start_station
            """
                .formatted(file.toString().replace("'", "''")));
      }
      Files.delete(file);
      return new DuckDbTable(duckdb);
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("DuckDB cannot load " + file, e);
    }
  }

  /** The station with most departures, in its busiest month. */
  Question busiest() {
    try (Statement sql = duckdb.createStatement();
        ResultSet result =
            sql.executeQuery(
                """
                select start_station, strftime(date_trunc('month', hour), '%Y-%m-%d'),
                  strftime(date_trunc('month', hour) + interval 1 month, '%Y-%m-%d')
                from departures_hourly where start_station = (
                  select start_station from departures_hourly where start_station is not null
                  group by 1 order by sum(trips) desc, 1 limit 1)
                group by all order by sum(trips) desc, 2 limit 1
                """)) {
      result.next();
      return Question.station(result.getString(1), result.getString(2), result.getString(3));
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not know the busiest station", e);
    }
  }

  @Override
  public Client connect() {
    try {
      return new Session(duckdb.unwrap(DuckDBConnection.class).duplicate());
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB gives no more connections", e);
    }
  }

  @Override
  public void close() {
    try {
      duckdb.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Session implements Client {
    private final Connection connection;
    private final Map<Question, PreparedStatement> statements = new HashMap<>();

    Session(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void ask(Question question) {
      rows(question);
    }

    @Override
    public List<String> rows(Question question) {
      List<String> rows = new ArrayList<>();
      try (ResultSet result = statement(question).executeQuery()) {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          for (int c = 1; c <= columns; c++) {
            result.getObject(c);
          }
          rows.add(
              "%s|%s|%s|%s"
                  .formatted(
                      result.getString(1),
                      result.getString(2),
                      result.getString(3),
                      result.getString(5)));
        }
        return rows;
      } catch (SQLException e) {
        throw new IllegalStateException("DuckDB refused " + question.sql(), e);
      }
    }

    private PreparedStatement statement(Question question) throws SQLException {
      PreparedStatement prepared = statements.get(question);
      if (prepared == null) {
        prepared = connection.prepareStatement(question.sql());
        statements.put(question, prepared);
      }
      return prepared;
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
