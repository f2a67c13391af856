package dev.tandem.core.definition;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One decision: what is looked at hour by hour of event time, when an alert is raised, and when it
 * is cleared. Aggregates have windows of an hour and at most one dimension, a text: its value is
 * the subject of an alert.
 */
public sealed interface Decision {
  String name();

  /** For so long after an alert no further one is raised about the same subject. */
  Duration quiet();

  Kind kind();

  /** The aggregates whose counts it looks at. */
  List<AggregateDefinition> aggregates();

  /** Those of them whose normal counts it asks of a baseline. */
  default List<AggregateDefinition> learned() {
    return List.of();
  }

  /** How many hours it looks at, the one that is decided included. */
  int hours();

  /** As in the YAML and in alerts, in small letters. */
  enum Kind {
    IMBALANCE,
    SILENCE,
    OUTLIER,
    REJECTED_SHARE,
    TREND;

    /** {@code rejected_share}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What reaches a subject minus what leaves it, over some hours.
   *
   * @param threshold raised when the difference, either way, is at least so large
   * @param beyondNormal and, where a baseline knows the subject, at least so many spreads away from
   *     what is normal
   * @param clear cleared when it is smaller than this
   */
  record Imbalance(
      String name,
      AggregateDefinition in,
      AggregateDefinition out,
      int hours,
      double threshold,
      OptionalDouble beyondNormal,
      double clear,
      Duration quiet)
      implements Decision {
    public Imbalance {
      if (clear > threshold) {
        throw new IllegalArgumentException("clear " + clear + " above threshold " + threshold);
      }
    }

    @Override
    public Kind kind() {
      return Kind.IMBALANCE;
    }

    @Override
    public List<AggregateDefinition> aggregates() {
      return List.of(in, out);
    }

    @Override
    public List<AggregateDefinition> learned() {
      return aggregates();
    }
  }

  /**
   * A subject of which nothing comes although a baseline expects it.
   *
   * @param expected raised when at least so many were to be expected in these hours and none came;
   *     cleared when one comes
   */
  record Silence(
      String name, AggregateDefinition aggregate, int hours, double expected, Duration quiet)
      implements Decision {
    @Override
    public Kind kind() {
      return Kind.SILENCE;
    }

    @Override
    public List<AggregateDefinition> aggregates() {
      return List.of(aggregate);
    }

    @Override
    public List<AggregateDefinition> learned() {
      return aggregates();
    }
  }

  /**
   * A single event that cannot be, judged by its fields as they were read, before any rule. Raised
   * with the first one of a subject, cleared when the subject had none for the quiet time.
   *
   * @param subject whose value is the subject, the event's id when it is null or not given
   */
  record Outlier(String name, Optional<Field> subject, Limit limit, Duration quiet)
      implements Decision {
    @Override
    public Kind kind() {
      return Kind.OUTLIER;
    }

    @Override
    public List<AggregateDefinition> aggregates() {
      return List.of();
    }

    @Override
    public int hours() {
      return 1;
    }
  }

  /** What an event may have at most. */
  sealed interface Limit {
    double most();

    /** Seconds from one timestamp to a later one. */
    record SecondsBetween(Field from, Field to, double most) implements Limit {}

    /** Units of {@code distance} an hour. */
    record Speed(Field distance, Field seconds, double most) implements Limit {}
  }

  /**
   * The share of records of the log that are no events.
   *
   * @param percent raised when it is above this in an hour's records
   * @param clear cleared when it is below this
   * @param least hours with fewer records say nothing
   */
  record RejectedShare(String name, double percent, double clear, long least, Duration quiet)
      implements Decision {
    public RejectedShare {
      if (clear > percent) {
        throw new IllegalArgumentException("clear " + clear + " above percent " + percent);
      }
    }

    @Override
    public Kind kind() {
      return Kind.REJECTED_SHARE;
    }

    @Override
    public List<AggregateDefinition> aggregates() {
      return List.of();
    }

    @Override
    public int hours() {
      return 1;
    }
  }

  /**
   * A subject with much more in an hour than in the hours before it.
   *
   * @param before how many hours before it are averaged
   * @param factor raised when the hour has so many times the average of these hours
   * @param clear cleared when it has less than so many times
   * @param least and at least so many
   */
  record Trend(
      String name,
      AggregateDefinition aggregate,
      int before,
      double factor,
      double clear,
      long least,
      Duration quiet)
      implements Decision {
    public Trend {
      if (clear > factor) {
        throw new IllegalArgumentException("clear " + clear + " above factor " + factor);
      }
    }

    @Override
    public Kind kind() {
      return Kind.TREND;
    }

    @Override
    public List<AggregateDefinition> aggregates() {
      return List.of(aggregate);
    }

    @Override
    public int hours() {
      return before + 1;
    }
  }
}
