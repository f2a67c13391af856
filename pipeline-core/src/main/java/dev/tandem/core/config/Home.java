package dev.tandem.core.config;

import java.nio.file.Path;
import java.util.Optional;

/** Where Tandem lives: the folder that holds {@code tandem} and {@code config/}. */
public final class Home {

  private Home() {}

  /** System property {@code tandem.home}, else {@code TANDEM_HOME}, else the working folder. */
  public static Path find() {
    return Optional.ofNullable(System.getProperty("tandem.home"))
        .or(() -> Optional.ofNullable(System.getenv("TANDEM_HOME")))
        .map(Path::of)
        .orElseGet(() -> Path.of(""))
        .toAbsolutePath()
        .normalize();
  }
}
