package dev.tandem.replay.meter;

import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that moves, with rate and time left. */
final class BarMeter implements Meter {
  private final ProgressBar bar;

  BarMeter(String task) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setStyle(ProgressBarStyle.ASCII)
            .setInitialMax(-1)
            .setUpdateIntervalMillis(250)
            .setUnit(" rows", 1)
            .setSpeedUnit(ChronoUnit.SECONDS)
            .showSpeed()
            .build();
  }

  @Override
  public void show(long done, long total) {
    bar.maxHint(total == 0 ? -1 : Math.max(done, total));
    bar.stepTo(done);
  }

  @Override
  public void say(String line) {
    bar.setExtraMessage(" " + line);
  }

  @Override
  public void close() {
    bar.close();
  }
}
