package dev.tandem.core.cli;

import dev.tandem.core.config.Flag;
import dev.tandem.core.config.Problems;
import dev.tandem.core.config.Settings;
import java.util.List;

/** A command that has more to say of its configuration than the options that all commands have. */
public interface Configured {

  /** Those of its own flags that stand for a setting and were given. */
  default List<Flag> flags() {
    return List.of();
  }

  /** Adds what is wrong with settings that this command alone needs. */
  default void check(Settings settings, Problems problems) {}
}
