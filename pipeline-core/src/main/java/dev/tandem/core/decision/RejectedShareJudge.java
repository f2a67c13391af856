package dev.tandem.core.decision;

import dev.tandem.core.definition.Decision;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Too many records of the log that are no events; hours with few records say nothing. */
final class RejectedShareJudge implements Judge {
  private static final String ALL = "";

  private final Decision.RejectedShare decision;

  RejectedShareJudge(Decision.RejectedShare decision) {
    this.decision = decision;
  }

  @Override
  public Collection<String> candidates(HourView view) {
    return List.of(ALL);
  }

  @Override
  public Finding judge(HourView view, String subject, @Nullable Standing open) {
    long read = view.now().read();
    long rejected = view.now().rejected();
    boolean enough = read >= decision.least();
    double percent = read == 0 ? 0 : 100.0 * rejected / read;
    return new Finding(
        enough && percent > decision.percent(),
        enough && percent < decision.clear(),
        percent,
        decision.percent(),
        null,
        () ->
            new Finding.Details(
                "%d of %d records rejected, %s %%".formatted(rejected, read, Texts.number(percent)),
                Optional.empty(),
                List.of()));
  }
}
