package dev.tandem.core.config;

import dev.tandem.core.TandemException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One key of the configuration: its name, its default and what it means. The known ones are
 * declared in {@link Keys}.
 *
 * @param <T> type of its value
 */
public final class Setting<T> {

  private final String key;
  private final String defaultText;
  private final ValueParser<T> parser;
  private final String doc;
  private final Optional<String> shortVariable;

  Setting(
      String key,
      String defaultText,
      ValueParser<T> parser,
      String doc,
      Optional<String> shortVariable) {
    this.key = key;
    this.defaultText = defaultText;
    this.parser = parser;
    this.doc = doc;
    this.shortVariable = shortVariable;
    parse(defaultText, "default");
  }

  /** Its name, as in {@code --set key=value} and in the files. */
  public String key() {
    return key;
  }

  /** Its default, as one would write it. */
  public String defaultText() {
    return defaultText;
  }

  /** What it means, in one sentence. */
  public String doc() {
    return doc;
  }

  /** The environment variables it is read from, the first one that is set wins. */
  List<String> variables() {
    String regular = "TANDEM_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
    return shortVariable.map(name -> List.of(regular, name)).orElse(List.of(regular));
  }

  /**
   * The value that {@code text} stands for, leading and trailing blanks ignored.
   *
   * @param origin where the text is from, for the message: "--max-change", "tandem.properties:3"
   * @throws TandemException wrong use, naming key, text, origin and what is expected
   */
  public T parse(String text, String origin) {
    try {
      return parser.parse(text.strip());
    } catch (IllegalArgumentException expected) {
      throw TandemException.wrongUse(
          "%s = '%s' (%s): expected %s"
              .formatted(key, Secrets.shown(key, text), origin, expected.getMessage()),
          expected);
    }
  }

  @Override
  public String toString() {
    return key;
  }
}
