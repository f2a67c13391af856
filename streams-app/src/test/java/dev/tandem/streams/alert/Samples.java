package dev.tandem.streams.alert;

import java.nio.charset.StandardCharsets;

/** Alerts as the topic has them. */
final class Samples {
  private Samples() {}

  static byte[] value(String decision, String subject, String state, String hour) {
    return """
    {"decision":"%s","kind":"imbalance","state":"%s","subject":"%s","hour":"%s"}\
    """
        .formatted(decision, state, subject, hour)
        .getBytes(StandardCharsets.UTF_8);
  }

  static AlertEntry alert(long offset, String decision, String subject, String state, String hour) {
    return AlertEntry.read(offset, value(decision, subject, state, hour)).orElseThrow();
  }
}
