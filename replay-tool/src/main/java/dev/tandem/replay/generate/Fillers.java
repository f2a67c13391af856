package dev.tandem.replay.generate;

import dev.tandem.core.definition.Field;
import dev.tandem.core.definition.FieldSource;
import dev.tandem.core.definition.FieldSource.Reading;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.definition.Rule;
import dev.tandem.core.definition.TimePatterns;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What fields of a pipeline are filled with, by type and by how they are read. */
final class Fillers {
  private static final double NULLS = 0.03;

  private final ZoneId zone;
  private final Field id;
  private final Field time;
  private final Set<Field> seconds;

  Fillers(PipelineDefinition pipeline) {
    zone = pipeline.zone();
    id = pipeline.schema().id();
    time = pipeline.schema().time();
    seconds =
        pipeline.rules().stream()
            .filter(Rule.FillSeconds.class::isInstance)
            .map(Rule::target)
            .collect(Collectors.toSet());
  }

  /** Values for {@code source}, as one text where it has several parts; null now and then. */
  Filler of(FieldSource source) {
    Field field = source.field();
    Filler filler = always(field, source.reading());
    boolean needed = field.equals(id) || field.equals(time);
    return needed ? filler : d -> Chance.is(NULLS, d.random()) ? "" : filler.value(d);
  }

  /** Distinct texts of 16 hexadecimal digits. */
  static Filler ids() {
    return d -> String.format("%016X", (d.number() + 1) * 0x9E3779B97F4A7C15L);
  }

  /** The same text comes again only after 5,000 events. */
  static Filler rounds() {
    return d -> Long.toString(10_000 + d.number() % 5_000);
  }

  private Filler always(Field field, Reading reading) {
    if (field.equals(id)) {
      return ids();
    }
    return switch (field.type()) {
      case TIMESTAMP -> timestamp(field, reading);
      case LONG -> number(field, reading);
      case DECIMAL -> decimal(field.scale());
      case DOUBLE -> coordinate(field.name().toLowerCase(Locale.ROOT));
      case BOOLEAN -> d -> Chance.is(0.1, d.random());
      case STRING -> text(field.name());
      case STRINGS -> texts(field.name());
    };
  }

  private static Filler text(String name) {
    if (name.endsWith("text")) {
      return d -> Sentences.of(d.random());
    }
    Pool pool = new Pool(name);
    return d -> pool.draw(d.random());
  }

  private static Filler texts(String name) {
    Pool pool = new Pool(name);
    return d -> pool.drawSome(d.random());
  }

  private Filler timestamp(Field field, Reading reading) {
    boolean start = field.equals(time);
    if (reading instanceof Reading.Pattern pattern) {
      DateTimeFormatter formatter = TimePatterns.formatter(pattern.pattern());
      boolean offset = showsOffset(formatter);
      return d -> {
        LocalDateTime local = start ? d.start() : d.end();
        return formatter.format(offset ? local.atZone(zone) : local);
      };
    } else if (reading instanceof Reading.Epoch epoch) {
      return d ->
          epoch
              .unit()
              .convert(
                  (start ? d.start() : d.end()).atZone(zone).toInstant().toEpochMilli(),
                  TimeUnit.MILLISECONDS);
    }
    return d ->
        (start ? d.start() : d.end()).atZone(zone).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
  }

  private static boolean showsOffset(DateTimeFormatter formatter) {
    try {
      formatter.formatTo(LocalDateTime.of(2017, 1, 1, 0, 0), new StringBuilder());
      return false;
    } catch (DateTimeException needsMore) {
      return true;
    }
  }

  private Filler number(Field field, Reading reading) {
    if (reading instanceof Reading.Hms) {
      return d -> d.defect() == Defect.NO_DURATION ? "" : hms(d.seconds());
    } else if (seconds.contains(field)) {
      return d -> d.defect() == Defect.NO_DURATION ? "" : (Object) d.seconds();
    }
    return d -> Math.round(Chance.logNormal(20, 1, d.random()));
  }

  private static String hms(long seconds) {
    return "%d:%02d:%02d".formatted(seconds / 3_600, seconds / 60 % 60, seconds % 60);
  }

  private static Filler decimal(int scale) {
    double unit = StrictMath.pow(10, scale);
    return d -> {
      double value = Chance.logNormal(2, 0.8, d.random()) * (d.defect() == Defect.FAR ? 2_000 : 1);
      return BigDecimal.valueOf(Math.round(value * unit), scale);
    };
  }

  private static Filler coordinate(String name) {
    if (name.contains("lat")) {
      return d -> degrees(40.72, d);
    }
    return name.contains("lon") || name.contains("lng")
        ? d -> degrees(-74.05, d)
        : d -> Math.round(d.random().nextGaussian() * 1e4) / 1e4;
  }

  private static double degrees(double middle, Draft d) {
    return Math.round((middle + 0.02 * d.random().nextGaussian()) * 1e6) / 1e6;
  }
}
