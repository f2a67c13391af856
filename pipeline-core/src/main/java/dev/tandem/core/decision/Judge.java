package dev.tandem.core.decision;

import dev.tandem.core.definition.Decision;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Decides one decision, hour by hour. */
interface Judge {
  /** The subjects that an alert could be raised about. */
  Collection<String> candidates(HourView view);

  /**
   * @param open the subject's alert, null when there is none
   */
  Finding judge(HourView view, String subject, @Nullable Standing open);

  static Judge of(Decision decision) {
    if (decision instanceof Decision.Imbalance imbalance) {
      return new ImbalanceJudge(imbalance);
    } else if (decision instanceof Decision.Silence silence) {
      return new SilenceJudge(silence);
    } else if (decision instanceof Decision.Outlier outlier) {
      return new OutlierJudge(outlier);
    } else if (decision instanceof Decision.RejectedShare share) {
      return new RejectedShareJudge(share);
    } else if (decision instanceof Decision.Trend trend) {
      return new TrendJudge(trend);
    }
    throw new IllegalStateException("no judge of " + decision);
  }
}
