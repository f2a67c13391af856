package dev.tandem.replay.init;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.tandem.core.TandemException;
import dev.tandem.core.definition.SourceFormat;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The first rows of a CSV file. */
final class CsvSample {
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};
  private static final int LINES_TO_TELL = 50;

  private CsvSample() {}

  /**
   * @param head the beginning of what the reader gives
   */
  static Sample read(Path file, Reader reader, String head) throws IOException {
    char delimiter = delimiter(head);
    try (CsvReader<CsvRecord> csv = csv(delimiter).ofCsvRecord(reader);
        CloseableIterator<CsvRecord> records = csv.iterator()) {
      List<String> header = stripped(records.next());
      List<List<String>> cells = new ArrayList<>();
      header.forEach(name -> cells.add(new ArrayList<>()));
      int rows = 0;
      while (rows < Sample.MOST_ROWS && records.hasNext()) {
        List<String> row = stripped(records.next());
        if (row.size() == header.size() && row.stream().anyMatch(cell -> !cell.isEmpty())) {
          rows++;
          for (int i = 0; i < row.size(); i++) {
            cells.get(i).add(row.get(i));
          }
        }
      }
      return new Sample(
          SourceFormat.Kind.CSV, delimiter, columns(header, cells), rows, !records.hasNext());
    } catch (CsvParseException | UncheckedIOException e) {
      throw TandemException.wrongUse(
          file + " cannot be read as CSV: " + e.getMessage() + "; correct it", e);
    }
  }

  /** Columns without a name, or with that of another, cannot be named in a format. */
  private static List<Column> columns(List<String> header, List<List<String>> cells) {
    List<Column> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i);
      boolean once = header.indexOf(name) == header.lastIndexOf(name);
      if (!name.isEmpty() && once && names.add(name)) {
        columns.add(new Column(name, cells.get(i)));
      }
    }
    return columns;
  }

  /** The one with which most of the first lines have as many values as the header, above one. */
  private static char delimiter(String head) {
    char best = DELIMITERS[0];
    long most = 0;
    for (char candidate : DELIMITERS) {
      long score = score(head, candidate);
      if (score > most) {
        most = score;
        best = candidate;
      }
    }
    return best;
  }

  private static long score(String head, char delimiter) {
    int columns = 0;
    long score = 0;
    int line = 0;
    try (CsvReader<CsvRecord> csv = csv(delimiter).ofCsvRecord(new StringReader(head))) {
      for (CsvRecord record : csv) {
        int count = record.getFieldCount();
        columns = line == 0 ? count : columns;
        score += count == columns && count > 1 ? count : 0;
        if (++line == LINES_TO_TELL) {
          break;
        }
      }
    } catch (CsvParseException | UncheckedIOException cutOrNotThisOne) {
      // What was read of it counts.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return score;
  }

  private static CsvReader.CsvReaderBuilder csv(char delimiter) {
    return CsvReader.builder()
        .fieldSeparator(delimiter)
        .skipEmptyLines(true)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
  }

  private static List<String> stripped(CsvRecord record) {
    return record.getFields().stream().map(String::strip).toList();
  }
}
