package dev.tandem.replay.init;

import dev.tandem.core.definition.TimePatterns;
import dev.tandem.core.event.IsoTimes;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the times of a column may be read.
 *
 * @param reading as a format says it: {@code as: iso}, or {@code pattern: "…"}
 * @param local whether they have no offset, so that the zone decides what they mean
 * @param days whether they are dates without a time of day
 * @param doubt what is to be confirmed
 */
record TimeGuess(String reading, boolean local, boolean days, Optional<String> doubt) {
  /** What names of numbers that are times are like. */
  private static final Pattern NAMED =
      Pattern.compile("(.*_)?(time|date|day|ts|timestamp|epoch|created|at|us|ms|when)(_.*)?");

  private static final Pattern FRACTION = Pattern.compile("\\d:\\d\\d:\\d\\d\\.(\\d{1,9})(?!\\d)");

  /** In this order; of two that both fit the first is taken, and the other named as a doubt. */
  private static final List<String> DATES =
      List.of(
          "yyyy-MM-dd",
          "yyyy/MM/dd",
          "yyyy.MM.dd",
          "d.M.yyyy",
          "M/d/yyyy",
          "d/M/yyyy",
          "d-M-yyyy",
          "M-d-yyyy",
          "d MMM yyyy",
          "MMM d yyyy",
          "MMM d, yyyy",
          "d-MMM-yyyy",
          "M/d/yy",
          "d/M/yy",
          "d.M.yy",
          "yyyyMMdd");

  private static final List<String> SEPARATORS = List.of(" ", "'T'", ", ");
  private static final List<String> TIMES = List.of("H:mm:ss", "H:mm", "h:mm:ss a", "h:mm a");
  private static final List<String> OFFSETS = List.of("", "XXX", "XX", " XXX", " XX");
  private static final List<String> WHOLE =
      List.of(
          "EEE MMM d HH:mm:ss XX yyyy", "EEE, d MMM yyyy HH:mm:ss XX", "d/MMM/yyyy:HH:mm:ss XX");

  /**
   * @param field the column's name as that of a field: numbers are times only where it says so
   */
  static Optional<TimeGuess> of(String field, List<String> values) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    List<String> distinct = values.stream().distinct().toList();
    if (distinct.stream().allMatch(v -> v.matches("\\d+"))) {
      return NAMED.matcher(field).matches() ? numbers(distinct) : Optional.empty();
    }
    if (distinct.stream().allMatch(TimeGuess::isIso)) {
      return Optional.of(new TimeGuess("as: iso", false, false, Optional.empty()));
    }
    return first(candidates(fraction(distinct)), distinct);
  }

  /** Of a date and a time of day in columns of their own. */
  static Optional<TimeGuess> ofBoth(List<String> dates, List<String> times) {
    List<String> joined = new ArrayList<>();
    for (int i = 0; i < dates.size(); i++) {
      if (!dates.get(i).isEmpty() && !times.get(i).isEmpty()) {
        joined.add(dates.get(i) + " " + times.get(i));
      }
    }
    return of("", joined).filter(guess -> !guess.days());
  }

  private static boolean isIso(String value) {
    return IsoTimes.parse(value.toCharArray(), 0, value.length()) != IsoTimes.NOT_A_TIME;
  }

  /** Between the years 1990 and 2100. */
  private static Optional<TimeGuess> numbers(List<String> values) {
    for (int digits : List.of(10, 13, 16)) {
      double unit = Math.pow(10, digits - 10);
      if (values.stream().allMatch(v -> isBetween(v, 631_152_000 * unit, 4_102_444_800L * unit))) {
        String as = digits == 10 ? "epoch_s" : digits == 13 ? "epoch_ms" : "epoch_us";
        return Optional.of(new TimeGuess("as: " + as, false, false, Optional.empty()));
      }
    }
    return values.stream().allMatch(v -> v.length() == 8)
        ? first(List.of("yyyyMMdd"), values)
        : Optional.empty();
  }

  private static boolean isBetween(String value, double least, double most) {
    double number = Double.parseDouble(value);
    return number >= least && number < most;
  }

  private static Optional<TimeGuess> first(List<String> candidates, List<String> values) {
    List<String> fitting = candidates.stream().filter(p -> fits(p, values)).toList();
    if (fitting.isEmpty()) {
      return Optional.empty();
    }
    String pattern = fitting.get(0);
    boolean days = !pattern.contains(":");
    boolean local = !pattern.contains("X");
    return Optional.of(
        new TimeGuess("pattern: " + Quoted.of(pattern), local, days, doubt(pattern, fitting)));
  }

  /** Day and month may be the other way round where no day is after the twelfth. */
  private static Optional<String> doubt(String pattern, List<String> fitting) {
    Predicate<String> dayFirst = p -> p.startsWith("d");
    return fitting.stream()
        .filter(p -> dayFirst.test(p) != dayFirst.test(pattern))
        .findFirst()
        .map(other -> "it could be \"" + other + "\" as well");
  }

  private static boolean fits(String pattern, List<String> values) {
    DateTimeFormatter formatter = TimePatterns.formatter(pattern);
    try {
      values.forEach(formatter::parse);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static List<String> candidates(String fraction) {
    List<String> patterns = new ArrayList<>(WHOLE);
    for (String date : DATES) {
      patterns.add(date);
      for (String separator : SEPARATORS) {
        for (String time : TIMES) {
          for (String offset : OFFSETS) {
            patterns.add(date + separator + time.replace("ss", "ss" + fraction) + offset);
          }
        }
      }
    }
    return patterns;
  }

  /** The digits behind the seconds, optional where they differ. */
  private static String fraction(List<String> values) {
    List<Integer> digits = values.stream().map(TimeGuess::digits).distinct().sorted().toList();
    if (digits.size() == 1) {
      int n = digits.get(0);
      return n == 0 ? "" : "." + "S".repeat(n);
    }
    return digits.stream()
        .filter(n -> n > 0)
        .sorted((a, b) -> b - a)
        .map(n -> "[." + "S".repeat(n) + "]")
        .collect(Collectors.joining());
  }

  private static int digits(String value) {
    Matcher matcher = FRACTION.matcher(value);
    return matcher.find() ? matcher.group(1).length() : 0;
  }
}
