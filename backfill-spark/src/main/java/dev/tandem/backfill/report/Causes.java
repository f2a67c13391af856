package dev.tandem.backfill.report;

import dev.tandem.core.aggregate.Bytes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Why a row, or all rows, may be other than the stream serves them.
 *
 * @param missing events of the files that are not in the log
 * @param altered events that files and log give differently; counts in the rows of both versions
 * @param notInFiles events that only the log has, where the files alone are the truth
 * @param duplicated repeats, in the log, of an event that is there before
 * @param excluded values that a rule made null
 */
public record Causes(long missing, long altered, long notInFiles, long duplicated, long excluded)
    implements Serializable {
  public static final Causes NONE = new Causes(0, 0, 0, 0, 0);

  public Causes plus(Causes o) {
    if (o.equals(NONE)) {
      return this;
    }
    return new Causes(
        missing + o.missing,
        altered + o.altered,
        notInFiles + o.notInFiles,
        duplicated + o.duplicated,
        excluded + o.excluded);
  }

  public void write(Bytes out) {
    out.putUnsigned(missing);
    out.putUnsigned(altered);
    out.putUnsigned(notInFiles);
    out.putUnsigned(duplicated);
    out.putUnsigned(excluded);
  }

  public static Causes read(Bytes in) {
    Causes causes =
        new Causes(
            in.getUnsigned(),
            in.getUnsigned(),
            in.getUnsigned(),
            in.getUnsigned(),
            in.getUnsigned());
    return causes.equals(NONE) ? NONE : causes;
  }

  /** For a person: {@code "3 missing, 1 altered"}; a dash when there is none. */
  public String text() {
    List<String> parts = new ArrayList<>();
    add(parts, missing, "missing");
    add(parts, altered, "altered");
    add(parts, notInFiles, "not in the files");
    add(parts, duplicated, "duplicated");
    add(parts, excluded, excluded == 1 ? "value excluded" : "values excluded");
    return parts.isEmpty() ? "-" : String.join(", ", parts);
  }

  private static void add(List<String> parts, long n, String what) {
    if (n > 0) {
      parts.add(String.format(Locale.ROOT, "%,d %s", n, what));
    }
  }
}
