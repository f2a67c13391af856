package dev.tandem.core.decode;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.tandem.core.event.RejectReason;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * CSV records (RFC 4180) with their bytes and line numbers. A record that is no CSV, such as one
 * with a quote that nothing closes, costs its first line only: reading goes on with the next.
 */
final class CsvRecords {
  private final LineFeed feed;
  private final Cells cells = new Cells();
  private final List<Character> delimiters;
  private boolean decided;
  private char delimiter;
  private CloseableIterator<Cells> parser;

  /**
   * @param delimiters what may stand between values; of several the one that the first line that
   *     has any of them has most often
   */
  CsvRecords(Lines lines, List<Character> delimiters) {
    this.feed = new LineFeed(lines);
    this.delimiters = delimiters;
    this.decided = delimiters.size() == 1;
    this.delimiter = delimiters.get(0);
    this.parser = newParser();
  }

  /** What {@link #advance} found. */
  sealed interface Found {
    /** The cells hold the record. */
    record Whole() implements Found {}

    record Broken(RejectReason reason, String error) implements Found {}
  }

  private static final Found.Whole WHOLE = new Found.Whole();

  /** Goes to the next record; empty at the end. */
  Optional<Found> advance() {
    Lines.Line first = feed.begin();
    if (first == null) {
      return Optional.empty();
    }
    if (first.tooLong()) {
      String error = "longer than " + FileDecoder.MAX_RECORD_BYTES + " bytes";
      return Optional.of(new Found.Broken(RejectReason.TOO_LARGE, error));
    }
    if (!decided) {
      decide(first.bytes());
    }
    try {
      if (!feed.split(cells, delimiter)) {
        parser.next();
      }
    } catch (CsvParseException | UncheckedIOException e) {
      return Optional.of(giveUp(e));
    }
    if (!feed.isValidUtf8()) {
      return Optional.of(new Found.Broken(RejectReason.INVALID_UTF8, "not UTF-8"));
    }
    return Optional.of(WHOLE);
  }

  private void decide(byte[] line) {
    int most = 0;
    for (char candidate : delimiters) {
      int count = 0;
      for (byte b : line) {
        count += b == candidate ? 1 : 0;
      }
      if (count > most) {
        most = count;
        delimiter = candidate;
        decided = true;
      }
    }
    parser = newParser();
  }

  /** What stands between values. */
  char delimiter() {
    return delimiter;
  }

  private Found.Broken giveUp(RuntimeException e) {
    if (feed.failure() != null) {
      throw feed.failure();
    }
    feed.giveUp();
    parser = newParser();
    boolean unclosed =
        e instanceof UncheckedIOException || String.valueOf(e.getMessage()).startsWith("Unclosed");
    return new Found.Broken(
        RejectReason.MALFORMED, unclosed ? "a quote is not closed" : "text behind a closing quote");
  }

  private CloseableIterator<Cells> newParser() {
    return CsvReader.builder()
        .fieldSeparator(delimiter)
        .skipEmptyLines(false)
        .allowUnclosedQuote(false)
        .allowExtraCharsAfterClosingQuote(false)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .build(cells, feed)
        .iterator();
  }

  /** The current record's cells. */
  Cells cells() {
    return cells;
  }

  /** The current record's bytes without the line break behind it. */
  byte[] raw() {
    return feed.raw();
  }

  /** The line on which the current record begins. */
  long line() {
    return feed.firstLine();
  }
}
