package dev.tandem.replay.init;

import dev.tandem.core.definition.FieldType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A field of the draft.
 *
 * @param columns the one that it is read from, or those that are joined
 * @param scale of a decimal
 * @param time of a timestamp
 * @param reading how it is read where its type does not say it: {@code as: hms}
 * @param doubt what is to be confirmed
 */
record DraftField(
    String name,
    List<Column> columns,
    FieldType type,
    int scale,
    Optional<TimeGuess> time,
    Optional<String> reading,
    Optional<String> doubt) {
  private static final Pattern ID =
      Pattern.compile("(.*_)?(id|uuid|guid|key|nr|no|ref|id_str)|[a-z]{2,}id");
  private static final Pattern NO_ID =
      Pattern.compile("paid|said|valid|invalid|avoid|grid|solid|fluid|void|bid");
  private static final Pattern PLACE =
      Pattern.compile("(.*_)?(lat|lon|lng|latitude|longitude)(_.*)?");

  DraftField {
    columns = List.copyOf(columns);
  }

  /** The first of its columns. */
  Column column() {
    return columns.get(0);
  }

  /** Whether it is called so as ids are. */
  boolean isNamedId() {
    return isNamedId(name);
  }

  static boolean isNamedId(String name) {
    return ID.matcher(name).matches() && !NO_ID.matcher(name).matches();
  }

  static boolean isNamedPlace(String name) {
    return PLACE.matcher(name).matches();
  }

  /** A number worth a sum and an average. */
  boolean isMeasure() {
    boolean number = type == FieldType.LONG || type == FieldType.DECIMAL;
    return number
        && !isNamedId()
        && !isNamedPlace(name)
        && column().distinct() > 2
        && !name.matches(
            "(.*_)?(year|month|day|hour|week|zip|plz|postcode|code|status|gender|version|flag)(_.*)?");
  }

  /** Seconds, minutes or hours, for a page to show. */
  String unit() {
    boolean seconds =
        reading.isPresent() || name.matches("(.*_)?(seconds?|secs?|s|duration|tripduration)");
    return seconds ? "s" : "";
  }

  DraftField as(FieldType other, Optional<String> otherDoubt) {
    return new DraftField(name, columns, other, 0, Optional.empty(), Optional.empty(), otherDoubt);
  }
}
