package dev.tandem.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Commands of the launcher for one pipeline.
 *
 * @param common options that each of them gets
 */
record Commands(String pipeline, List<String> common) {
  Commands {
    common = List.copyOf(common);
  }

  /** Of {@code biketown} on a broker, with settings {@code key=value}. */
  static Commands biketown(String bootstrap, String... settings) {
    List<String> common = new ArrayList<>(List.of("--bootstrap", bootstrap));
    for (String setting : settings) {
      common.addAll(List.of("--set", setting));
    }
    return new Commands("biketown", common);
  }

  /** Runs a command to its end; its output. */
  String run(int expectedStatus, String command, String... arguments) throws InterruptedException {
    return TandemProcess.run(expectedStatus, all(command, arguments));
  }

  TandemProcess start(String command, String... arguments) {
    return TandemProcess.start(all(command, arguments));
  }

  /**
   * @param environment variables over those of this process
   */
  TandemProcess start(Map<String, String> environment, String command, String... arguments) {
    return TandemProcess.start(environment, all(command, arguments));
  }

  private String[] all(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command, "-p", pipeline));
    all.addAll(List.of(arguments));
    all.addAll(common);
    return all.toArray(String[]::new);
  }
}
