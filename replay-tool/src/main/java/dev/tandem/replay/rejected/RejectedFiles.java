package dev.tandem.replay.rejected;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.core.TandemException;
import dev.tandem.core.event.RejectReason;
import dev.tandem.core.kafka.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes rejected records into files that can be repaired by hand and replayed: one for each CSV
 * header, one for JSON lines, one for what came as events. The first has the name that was given,
 * the next a number in it. Not thread-safe.
 */
final class RejectedFiles implements AutoCloseable {
  private final Topics topics;
  private final Path first;
  private final Map<String, Output> outputs = new LinkedHashMap<>();
  private long left;

  RejectedFiles(Topics topics, Path first) {
    this.topics = topics;
    this.first = first;
  }

  /** A file. */
  static final class Output {
    private final Path path;
    private final boolean events;
    private final OutputStream out;
    private long records;

    private Output(Path path, boolean events, OutputStream out) {
      this.path = path;
      this.events = events;
      this.out = out;
    }

    Path path() {
      return path;
    }

    /** Whether it holds events, as the events topic has them. */
    boolean events() {
      return events;
    }

    long records() {
      return records;
    }
  }

  /**
   * Writes a record. One that nothing is left of, or only its beginning, is not written.
   *
   * @throws TandemException when a file is there already or cannot be written
   */
  void write(RejectedRecord record) {
    byte[] value = record.value();
    if (value == null || record.reason().equals(RejectReason.TOO_LARGE.code())) {
      left++;
      return;
    }
    byte[] columns = record.columns();
    boolean events = record.isOf(topics);
    String layout = columns != null ? new String(columns, UTF_8) : events ? "\nevents" : "\nlines";
    try {
      Output output = outputs.get(layout);
      if (output == null) {
        output = open(events);
        outputs.put(layout, output);
        if (columns != null) {
          output.out.write(columns);
          output.out.write('\n');
        }
      }
      output.out.write(columns != null ? value : oneLine(value));
      output.out.write('\n');
      output.records++;
    } catch (IOException e) {
      throw TandemException.failed("Cannot write " + first + ": " + e, e);
    }
  }

  private Output open(boolean events) throws IOException {
    Path path = outputs.isEmpty() ? first : numbered(outputs.size() + 1);
    try {
      OutputStream out =
          Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return new Output(path, events, new java.io.BufferedOutputStream(out));
    } catch (FileAlreadyExistsException e) {
      throw TandemException.wrongUse(path + " is there already: give another --out", e);
    }
  }

  private Path numbered(int number) {
    String name = String.valueOf(first.getFileName());
    int dot = name.lastIndexOf('.');
    String numbered =
        dot > 0 ? name.substring(0, dot) + "-" + number + name.substring(dot) : name + "-" + number;
    return first.resolveSibling(numbered);
  }

  /** Line breaks are blanks in JSON. */
  private static byte[] oneLine(byte[] value) {
    byte[] line = value.clone();
    for (int i = 0; i < line.length; i++) {
      if (line[i] == '\n' || line[i] == '\r') {
        line[i] = ' ';
      }
    }
    return line;
  }

  Iterable<Output> outputs() {
    return outputs.values();
  }

  /** Records that were not written. */
  long left() {
    return left;
  }

  @Override
  public void close() {
    for (Output output : outputs.values()) {
      try {
        output.out.close();
      } catch (IOException e) {
        throw TandemException.failed("Cannot write " + output.path + ": " + e, e);
      }
    }
  }
}
