package dev.tandem.core.decision;

import java.util.Optional;

/** The baselines that are there, by version. */
public interface Baselines {
  /** None at all. */
  Baselines NONE =
      new Baselines() {
        @Override
        public Optional<String> newest() {
          return Optional.empty();
        }

        @Override
        public Optional<Baseline> find(String version) {
          return Optional.empty();
        }
      };

  /** The version to use from the next hour on; empty where there is none. */
  Optional<String> newest();

  Optional<Baseline> find(String version);
}
