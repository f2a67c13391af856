package dev.tandem.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code tandem up} in a process of its own, so that it can be killed. */
final class AppProcess {
  private final Process process;
  private final String url;

  private AppProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Starts it and waits until it is ready. */
  static AppProcess up(String bootstrap, Path stateDir, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dtandem.home=" + System.getProperty("tandem.home"),
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.tandem.streams.Main",
                "up",
                "-p",
                "biketown",
                "--port",
                "0",
                "--bootstrap",
                bootstrap,
                "--set",
                "state.dir=" + stateDir,
                "--set",
                "streams.consumer.session.timeout.ms=6000"));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line;
    while ((line = out.readLine()) != null) {
      if (line.startsWith("ready: ")) {
        return new AppProcess(process, line.substring("ready: ".length()));
      }
    }
    throw new IllegalStateException("it ended with " + process.exitValue());
  }

  String url() {
    return url;
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As Ctrl-C does; it must end well within ten seconds. */
  void stop() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
