package dev.tandem.core.config;

/**
 * A setting that the command line gives.
 *
 * @param option as the user wrote it: {@code --port}, {@code --set http.port}
 * @param key of the setting
 * @param text its value as written
 */
public record Flag(String option, String key, String text) {

  /** One of {@code --set}. */
  public static Flag set(String key, String text) {
    return new Flag("--set " + key, key, text);
  }
}
