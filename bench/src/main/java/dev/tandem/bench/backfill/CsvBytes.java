package dev.tandem.bench.backfill;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Records of a CSV file (RFC 4180) in memory: where each field begins and ends, blanks around it
 * left out; quotes are taken away in place.
 */
final class CsvBytes {
  private static final int MOST_FIELDS = 64;

  private final byte[] text;
  private final int[] starts = new int[MOST_FIELDS];
  private final int[] ends = new int[MOST_FIELDS];
  private int fields;
  private int at;

  /**
   * @param text the file; it is changed while it is read
   */
  CsvBytes(byte[] text) {
    this.text = text;
    // A byte order mark.
    this.at = text.length > 2 && text[0] == (byte) 0xEF ? 3 : 0;
  }

  /** Goes to the next record; false when there is none. */
  boolean next() {
    if (at >= text.length) {
      return false;
    }
    fields = 0;
    boolean more = true;
    while (more) {
      int start = at;
      if (at < text.length && text[at] == '"') {
        quoted();
      } else {
        while (at < text.length && text[at] != ',' && text[at] != '\n') {
          at++;
        }
        field(start, at);
      }
      more = at < text.length && text[at] == ',';
      at++;
    }
    return true;
  }

  /** From an opening quote to what follows the closing one. */
  private void quoted() {
    int start = ++at;
    int to = at;
    while (at < text.length) {
      if (text[at] == '"') {
        at++;
        if (at >= text.length || text[at] != '"') {
          break;
        }
      }
      text[to++] = text[at++];
    }
    field(start, to);
    while (at < text.length && text[at] != ',' && text[at] != '\n') {
      at++;
    }
  }

  private void field(int from, int to) {
    int start = from;
    int end = to;
    while (start < end && text[start] <= ' ' && text[start] >= 0) {
      start++;
    }
    while (start < end && text[end - 1] <= ' ' && text[end - 1] >= 0) {
      end--;
    }
    if (fields < MOST_FIELDS) {
      starts[fields] = start;
      ends[fields++] = end;
    }
  }

  /** The record's fields as text. */
  List<String> texts() {
    List<String> texts = new ArrayList<>(fields);
    for (int i = 0; i < fields; i++) {
      texts.add(new String(text, starts[i], ends[i] - starts[i], StandardCharsets.UTF_8));
    }
    return texts;
  }

  byte[] text() {
    return text;
  }

  int start(int field) {
    return field < fields ? starts[field] : 0;
  }

  /** Exclusive; the start of an empty field and of one that the record lacks. */
  int end(int field) {
    return field < fields ? ends[field] : 0;
  }
}
