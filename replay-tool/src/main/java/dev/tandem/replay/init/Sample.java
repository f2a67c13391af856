package dev.tandem.replay.init;

import dev.tandem.core.TandemException;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.decode.Gunzip;
import dev.tandem.core.definition.SourceFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The first rows of a file.
 *
 * @param delimiter of CSV; a comma of JSON lines
 * @param rows how many are in the sample, blank ones left out
 * @param whole whether these are all
 */
record Sample(
    SourceFormat.Kind kind, char delimiter, List<Column> columns, int rows, boolean whole) {
  /** How many rows are looked at. */
  static final int MOST_ROWS = 20_000;

  private static final int PEEK = 1 << 16;

  Sample {
    columns = List.copyOf(columns);
  }

  /**
   * Looks at CSV with a header, JSON lines, either plain or gzip, or Parquet, told apart by how
   * they begin.
   *
   * @throws TandemException when there is no such file, or it is none of them
   */
  static Sample of(Path file) {
    try {
      return checked(file, FileDecoder.isParquet(file) ? ParquetSample.read(file) : text(file));
    } catch (NoSuchFileException e) {
      throw TandemException.wrongUse("No file " + file + ": check the path", e);
    } catch (IOException e) {
      throw TandemException.failed("Cannot read " + file + ": " + e, e);
    }
  }

  private static Sample checked(Path file, Sample sample) {
    if (sample.rows() == 0) {
      throw TandemException.wrongUse(file + " has no rows: give a file with some");
    }
    return sample;
  }

  private static Sample text(Path file) throws IOException {
    try (InputStream in = Gunzip.ifGzip(Files.newInputStream(file));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), PEEK)) {
      return of(file, reader);
    }
  }

  private static Sample of(Path file, BufferedReader reader) throws IOException {
    String head = peek(reader);
    if (head.startsWith("\ufeff")) {
      reader.skip(1);
      head = head.substring(1);
    }
    String text = head.stripLeading();
    if (text.isEmpty()) {
      throw TandemException.wrongUse(file + " is empty: give a file with some rows");
    } else if (text.startsWith("[")) {
      throw TandemException.wrongUse(
          file + " is one JSON list: write an object a line, as jq -c '.[]' does");
    }
    return text.startsWith("{")
        ? JsonSample.read(file, reader)
        : CsvSample.read(file, reader, text);
  }

  private static String peek(BufferedReader reader) throws IOException {
    reader.mark(PEEK);
    char[] head = new char[PEEK];
    int length = 0;
    for (int n = 0; n >= 0 && length < PEEK; n = reader.read(head, length, PEEK - length)) {
      length += n;
    }
    reader.reset();
    return new String(head, 0, length);
  }
}
