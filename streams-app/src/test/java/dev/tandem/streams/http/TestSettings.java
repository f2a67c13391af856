package dev.tandem.streams.http;

import dev.tandem.core.config.Home;
import dev.tandem.core.config.Settings;
import java.util.Map;

/** What nobody has set. */
final class TestSettings {
  static final Settings DEFAULTS =
      Settings.load(Home.find(), Home.find().resolve("config"), Map.of(), Map.of());

  private TestSettings() {}
}
