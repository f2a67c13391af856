package dev.tandem.core.config;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which settings are secret, by their names: ours, Kafka's, Spark's and those of Hadoop's file
 * systems. Their values are shown as {@link #HIDDEN}, wherever anything is shown. A name that
 * merely looks secret is hidden, too.
 */
public final class Secrets {

  /** Stands for a secret; Kafka's own word. */
  public static final String HIDDEN = "[hidden]";

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)password|passphrase|passwd|secret|credential|jaas|user\\.?info"
              + "|(access|account|api|private|keystore|encryption)[._-]?key"
              + "|certificate\\.chain|truststore\\.certificates|(^|[._-])token([._-]|$)");

  /** Says where a secret is or how it is used, and is none. */
  private static final Pattern ABOUT =
      Pattern.compile(
          "(?i)\\.(url|file|files|location|path|class|ms|seconds|type|provider|name|algorithm|protocol|enabled)$");

  /** A secret inside a value, such as JVM flags, or an address with a user in it. */
  private static final Pattern INSIDE =
      Pattern.compile(
          "(?i)((?:password|passphrase|secret|token)\\s*=\\s*)(\"[^\"]*\"|'[^']*'|[^\\s;,&]+)");

  private static final Pattern USER_IN_URL = Pattern.compile("(://)[^/@\\s]+@");
  private static final int SHORTEST = 4;
  private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();

  private Secrets() {}

  /** Whether the value of this key must not be shown. */
  public static boolean isSecret(String key) {
    return SECRET.matcher(key).find() && !ABOUT.matcher(key).find();
  }

  /** A value as it may be shown. */
  public static String shown(String key, String value) {
    if (isSecret(key)) {
      return value.isEmpty() ? "" : HIDDEN;
    }
    String inside = INSIDE.matcher(value).replaceAll("$1" + HIDDEN);
    return USER_IN_URL.matcher(inside).replaceAll("$1" + HIDDEN + "@");
  }

  /** Remembers the secrets of this process, so that {@link #hide} finds them in any text. */
  static void remember(String key, String value) {
    if (isSecret(key)) {
      keep(value);
      Matcher parts = INSIDE.matcher(value);
      while (parts.find()) {
        keep(parts.group(2).replaceAll("^[\"']|[\"']$", ""));
      }
    }
  }

  /**
   * Remembers a secret that no setting holds. Very short ones are not hidden: they are in any text.
   */
  public static void keep(String secret) {
    if (secret.length() >= SHORTEST) {
      KNOWN.add(secret);
    }
  }

  /** A text, such as the message of someone else's failure, without this process's secrets. */
  public static String hide(String text) {
    String hidden = text;
    for (String secret : KNOWN) {
      hidden = hidden.replace(secret, HIDDEN);
    }
    return hidden;
  }
}
