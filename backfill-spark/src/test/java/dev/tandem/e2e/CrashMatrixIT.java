package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.fault.FailPoint.Where;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills app, replay, backfill or broker at a point of somebody's work, one after the other, on the
 * same data. Of all crashes a few are drawn, as {@code tandem.crashes.seed} says; {@code
 * tandem.crashes}, a regular expression, chooses them by name, {@code .*} all.
 */
class CrashMatrixIT {
  private static final Optional<Pattern> CHOSEN =
      Optional.ofNullable(System.getProperty("tandem.crashes")).map(Pattern::compile);
  private static final long SEED = Long.getLong("tandem.crashes.seed", 1);

  @TempDir Path folder;

  @Test
  void shouldBeExactWhereverSomebodyIsKilled() throws Exception {
    List<Crash> crashes = crashes();
    System.out.println("seed " + SEED + ": " + crashes);
    assertThat(crashes).isNotEmpty();
    try (CrashSystem system = new CrashSystem(folder)) {
      for (Crash crash : crashes) {
        long began = System.nanoTime();
        system.play(crash);
        System.out.printf("%s: exact, %.1f s%n", crash, (System.nanoTime() - began) / 1e9);
      }
      system.verify();
    }
  }

  private static List<Crash> crashes() {
    if (CHOSEN.isPresent()) {
      return Crash.all().stream()
          .filter(crash -> CHOSEN.get().matcher(crash.toString()).matches())
          .toList();
    }
    List<Crash> drawn = new ArrayList<>(Crash.all());
    Collections.shuffle(drawn, new Random(SEED));
    List<Crash> sample = new ArrayList<>();
    for (Where where : Where.values()) {
      drawn.stream()
          .filter(crash -> crash.passes(where) && !crash.isRare())
          .findFirst()
          .ifPresent(sample::add);
    }
    return sample;
  }
}
