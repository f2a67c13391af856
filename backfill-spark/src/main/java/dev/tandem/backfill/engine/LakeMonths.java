package dev.tandem.backfill.engine;

import dev.tandem.core.time.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The months of one aggregate in a lake. */
final class LakeMonths {
  static final String FILE = "rows.parquet";
  private static final String PREFIX = LakeColumns.MONTH + "=";

  private final Path folder;

  LakeMonths(Path folder) {
    this.folder = folder;
  }

  /**
   * Puts each month's file in its place at once, then takes away the months of the range that have
   * no rows any more. Stopped between, it leaves whole months, some of them old: write again.
   *
   * @param written by Spark: a folder a month with one file in it
   */
  void replace(Path written, TimeRange range, ZoneId zone) throws IOException {
    Set<String> months = new HashSet<>();
    for (Path month : monthsIn(written)) {
      String name = month.getFileName().toString();
      months.add(name);
      Path place = Files.createDirectories(folder.resolve(name));
      Files.move(onlyFile(month), place.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }
    for (Path month : monthsIn(folder)) {
      String name = month.getFileName().toString();
      if (!months.contains(name) && range.contains(start(name, zone))) {
        Files.deleteIfExists(month.resolve(FILE));
        Files.delete(month);
      }
    }
  }

  private static List<Path> monthsIn(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(LakeMonths::isMonth).sorted().toList();
    }
  }

  private static boolean isMonth(Path path) {
    String name = path.getFileName().toString();
    try {
      return name.startsWith(PREFIX) && YearMonth.parse(name.substring(PREFIX.length())) != null;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static long start(String name, ZoneId zone) {
    return YearMonth.parse(name.substring(PREFIX.length()))
        .atDay(1)
        .atStartOfDay(zone)
        .toInstant()
        .toEpochMilli();
  }

  private static Path onlyFile(Path month) throws IOException {
    try (Stream<Path> children = Files.list(month)) {
      List<Path> files =
          children.filter(file -> file.getFileName().toString().endsWith(".parquet")).toList();
      if (files.size() != 1) {
        throw new IllegalStateException(month + " has " + files.size() + " files, not one");
      }
      return files.get(0);
    }
  }
}
