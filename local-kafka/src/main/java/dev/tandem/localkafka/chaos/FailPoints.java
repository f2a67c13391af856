package dev.tandem.localkafka.chaos;

import dev.tandem.core.fault.FailPoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;

/**
 * Arms chosen processes with {@link KillAtPoint}: a folder that names it as a service, for the
 * launcher's {@code TANDEM_CLASSPATH}. No other process ever meets it.
 */
public final class FailPoints {
  private final Path folder;

  private FailPoints(Path folder) {
    this.folder = folder;
  }

  /** Writes what an armed process needs into {@code folder}. */
  public static FailPoints in(Path folder) {
    String file = KillAtPoint.class.getName().replace('.', '/') + ".class";
    try (InputStream in =
        Objects.requireNonNull(FailPoints.class.getClassLoader().getResourceAsStream(file))) {
      Path target = folder.resolve(file);
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
      Path services = Files.createDirectories(folder.resolve("META-INF/services"));
      Files.writeString(
          services.resolve(FailPoint.Hook.class.getName()), KillAtPoint.class.getName() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new FailPoints(folder);
  }

  /**
   * The environment of a process that dies at a point.
   *
   * @param time at which time of reaching it, from 1
   * @param delayMillis how long after it
   */
  public Map<String, String> at(FailPoint point, long time, long delayMillis) {
    return Map.of(
        "TANDEM_CLASSPATH",
        folder.toString(),
        KillAtPoint.VARIABLE,
        point.text() + ":" + time + ":" + delayMillis);
  }

  /**
   * The environment of a process that kills another one when it reaches a point.
   *
   * @param time at which time of reaching it, from 1
   * @param process id of the one that dies
   */
  public Map<String, String> killing(long process, FailPoint point, long time) {
    return Map.of(
        "TANDEM_CLASSPATH",
        folder.toString(),
        KillAtPoint.VARIABLE,
        point.text() + ":" + time + ":0:" + process);
  }
}
