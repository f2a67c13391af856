package dev.tandem.bench.backfill;

import dev.tandem.bench.engine.Marks;
import dev.tandem.bench.plain.Names;
import dev.tandem.bench.plain.RowTable;
import dev.tandem.bench.plain.TripTables;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The rows in plain Java, tuned for these files: a thread a core takes file after file, reads bytes
 * without making objects, folds into tables of its own, and the tables are merged. They become
 * Parquet, by DuckDB, once the clock has stopped.
 */
public final class JavaPeer {
  private JavaPeer() {}

  /**
   * @param args folder for the rows, then the files
   */
  public static void main(String[] args)
      throws InterruptedException, ExecutionException, SQLException, IOException {
    System.out.println(Marks.STARTED);
    Names.Shared names = new Names.Shared();
    TripFold rows = fold(names, Arrays.stream(args).skip(1).map(Path::of).toList());
    System.out.println(Marks.DONE);
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duckdb.createStatement()) {
      for (int i = 0; i < RowFiles.AGGREGATES.size(); i++) {
        RowFiles.Aggregate aggregate = RowFiles.AGGREGATES.get(i);
        sql.execute(aggregate.create());
        append(duckdb.unwrap(DuckDBConnection.class), aggregate, rows.tables().get(i), names);
      }
      RowFiles.write(sql, Path.of(args[0]));
    }
  }

  private static TripFold fold(Names.Shared names, List<Path> files)
      throws InterruptedException, ExecutionException {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    AtomicInteger next = new AtomicInteger();
    List<Future<TripFold>> parts = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      parts.add(
          pool.submit(
              () -> {
                TripFold fold = new TripFold(names);
                for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
                  fold.add(new CsvBytes(bytes(files.get(i))));
                }
                return fold;
              }));
    }
    pool.shutdown();
    TripFold all = parts.get(0).get();
    for (Future<TripFold> part : parts.subList(1, parts.size())) {
      all.addAll(part.get());
    }
    return all;
  }

  private static byte[] bytes(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        InputStream text =
            file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in) {
      return text.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void append(
      DuckDBConnection duckdb, RowFiles.Aggregate aggregate, RowTable rows, Names.Shared names)
      throws SQLException {
    int dimensions = aggregate.dimensions().size();
    try (DuckDBAppender out = duckdb.createAppender("main", aggregate.name())) {
      for (int row = 0; row < rows.size(); row++) {
        long key = rows.key(row);
        long window = key >>> TripTables.NAME_BITS * dimensions;
        out.beginRow();
        if (aggregate.isHourly()) {
          out.append(window);
        } else {
          out.append(LocalDate.ofEpochDay(window));
        }
        for (int d = dimensions - 1; d >= 0; d--) {
          append(out, names.name((int) (key >>> TripTables.NAME_BITS * d) & TripTables.NAME_MASK));
        }
        out.append(rows.number(row, 0));
        append(out, rows, row, RowTable.SECONDS, 0);
        append(out, rows, row, RowTable.CENTS, 2);
        out.endRow();
      }
    }
  }

  private static void append(DuckDBAppender out, @Nullable String name) throws SQLException {
    if (name == null) {
      out.appendNull();
    } else {
      out.append(name);
    }
  }

  private static void append(DuckDBAppender out, RowTable rows, int row, int first, int scale)
      throws SQLException {
    long count = rows.number(row, first);
    out.append(count);
    append(out, rows.number(row, first + 1), scale);
    if (count == 0) {
      out.appendNull();
      out.appendNull();
    } else {
      append(out, rows.number(row, first + 2), scale);
      append(out, rows.number(row, first + 3), scale);
    }
  }

  private static void append(DuckDBAppender out, long number, int scale) throws SQLException {
    if (scale == 0) {
      out.append(number);
    } else {
      out.append(BigDecimal.valueOf(number, scale));
    }
  }
}
