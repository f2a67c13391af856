package dev.tandem.replay.init;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Gives columns names that fields may have, each once. */
final class FieldNames {
  private static final int LONGEST = 60;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");

  /** Where a word of a name begins; units such as kWh are one word. */
  private static final Pattern HUMPS =
      Pattern.compile("(?<=[a-z0-9]{2})(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  /** A metric has the name of its field, and these are parts of every row. */
  private static final Set<String> RESERVED =
      Set.of("window", "key", "epoch", "corrected", "updated_at", "events");

  private final Set<String> given = new HashSet<>();

  /** Small letters, digits and underscores: {@code StartDate} is {@code start_date}. */
  static String of(String column) {
    String ascii = MARKS.matcher(Normalizer.normalize(column, Normalizer.Form.NFD)).replaceAll("");
    String humps = HUMPS.matcher(ascii).replaceAll("_").toLowerCase(Locale.ROOT);
    String name = OTHERS.matcher(humps).replaceAll("_").replaceAll("^_+|_+$", "");
    if (name.isEmpty() || !Character.isLetter(name.charAt(0))) {
      name = ("c_" + name).replaceAll("_$", "");
    }
    return name.length() > LONGEST ? name.substring(0, LONGEST) : name;
  }

  /** A name for a column: of a path its last part, where no other has that. */
  String give(String column) {
    String leaf = column.substring(column.lastIndexOf('.') + 1).replace("[]", "");
    String name = of(leaf);
    if (given.contains(name)) {
      name = of(column);
    }
    return unique(name);
  }

  /** The name, or one like it where it is taken. */
  String unique(String wanted) {
    String base = RESERVED.contains(wanted) ? wanted + "_value" : wanted;
    String name = base;
    for (int i = 2; !given.add(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }
}
