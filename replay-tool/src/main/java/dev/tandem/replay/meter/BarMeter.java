package dev.tandem.replay.meter;

import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar that moves, with rate and time left. It appears with the first row. */
final class BarMeter implements Meter {
  private final String task;
  private final String unit;
  private final PrintWriter out;
  private @Nullable ProgressBar bar;

  BarMeter(String task, String unit, PrintWriter out) {
    this.task = task;
    this.unit = unit;
    this.out = out;
  }

  @Override
  public void show(long done, long total) {
    if (bar == null && done == 0) {
      return;
    }
    ProgressBar shown = bar == null ? begin() : bar;
    bar = shown;
    shown.maxHint(total == 0 ? -1 : Math.max(done, total));
    shown.stepTo(done);
  }

  private ProgressBar begin() {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setStyle(ProgressBarStyle.ASCII)
        .setInitialMax(-1)
        .setUpdateIntervalMillis(250)
        .setUnit(" " + unit, 1)
        .setSpeedUnit(ChronoUnit.SECONDS)
        .showSpeed()
        .build();
  }

  @Override
  public void say(String line) {
    if (bar == null) {
      out.println(line);
      out.flush();
    } else {
      bar.setExtraMessage(" " + line);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
