package dev.tandem.replay.generate;

import dev.tandem.core.definition.SourceFormat;
import java.io.IOException;
import java.io.Writer;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Trips of a bike share in the columns of BIKETOWN's public files. */
final class BiketownGenerator implements Generator {
  private static final String HEADER =
      "RouteID,PaymentPlan,StartHub,StartLatitude,StartLongitude,StartDate,StartTime,EndHub,"
          + "EndLatitude,EndLongitude,EndDate,EndTime,TripType,BikeID,BikeName,Distance_Miles,"
          + "Duration,RentalAccessPath,MultipleRental";

  private static final String LINE_END = "\r\n";
  private static final String BLANK = ",".repeat(18) + LINE_END;
  private static final int FIRST_ROUTE = 2_700_001;
  private static final double DOCKLESS_START = 0.21;
  private static final double DOCKLESS_END = 0.13;

  private static final String[] PATHS = {"keypad", "keypad_rfid_card", "mobile", "unknown", "web"};
  private static final double[] PATH_SHARES = Chance.cumulative(new double[] {847, 78, 68, 4, 3});
  private static final String[] TYPES = {"", "recreation", "commute", "errand", "work"};
  private static final double[] TYPE_SHARES = Chance.cumulative(new double[] {990, 5, 3, 1, 1});

  private final City city = new City();
  private final ZoneId zone;

  BiketownGenerator(ZoneId zone) {
    this.zone = zone;
  }

  /** Whether files with our header are of this format. */
  static boolean fits(SourceFormat format) {
    Set<String> columns = new HashSet<>(Arrays.asList(HEADER.split(",")));
    return format.kind() == SourceFormat.Kind.CSV
        && format.sources().stream()
            .flatMap(source -> source.parts().stream())
            .allMatch(aliases -> aliases.stream().anyMatch(columns::contains))
        && uses(format, "RouteID")
        && uses(format, "StartHub");
  }

  private static boolean uses(SourceFormat format, String column) {
    return format.sources().stream()
        .flatMap(source -> source.parts().stream())
        .flatMap(List::stream)
        .anyMatch(column::equals);
  }

  @Override
  public String ending() {
    return ".csv.gz";
  }

  @Override
  public void write(Month month, Random random, Writer out) throws IOException {
    out.write(HEADER);
    out.write(LINE_END);
    long[] moments = Moments.of(month, zone, random);
    int blanks = month.index() % 3 == 0 ? 1 + moments.length / 50 : 0;
    StringBuilder row = new StringBuilder(256);
    for (int i = 0; i < moments.length; i++) {
      row.setLength(0);
      trip(month.first() + i, moments[i], random, row);
      out.append(row);
      if (blanks > 1 && i == moments.length / 2) {
        out.write(BLANK);
        blanks--;
      }
    }
    for (int i = 0; i < blanks; i++) {
      out.write(BLANK);
    }
  }

  private void trip(long number, long startSecond, Random random, StringBuilder row) {
    boolean subscriber = Chance.is(0.5, random);
    int from = city.randomStart(random);
    int to = Chance.is(0.09, random) ? from : city.randomEnd(from, random);
    Station start = city.station(from);
    Station end = city.station(to);
    double miles =
        from == to
            ? Chance.logNormal(1.8, 0.8, random)
            : start.milesTo(end) * Chance.logNormal(subscriber ? 1.25 : 1.6, 0.2, random) + 0.05;
    double mph = Chance.logNormal(subscriber ? 6.5 : 3.9, 0.35, random);
    long seconds = Math.max(30, Math.round(miles / mph * 3_600));
    long hundredths = Math.max(1, Math.round(miles * 100));
    long endSecond = startSecond + seconds;

    Defect defect = Defect.of(number);
    switch (defect) {
      case ENDS_EARLY -> endSecond = startSecond - 60L * (1 + random.nextInt(90));
      case STUCK_CLOCK -> {
        endSecond = LocalDateTime.of(2080, 1, 5, 0, 2).toEpochSecond(ZoneOffset.UTC);
        seconds = endSecond - startSecond;
      }
      case FAR -> hundredths = 520_000 + random.nextInt(6_000);
      case NONE, NO_DURATION -> {}
    }

    row.append(FIRST_ROUTE + 2 * number + random.nextInt(2));
    row.append(',').append(subscriber ? "Subscriber" : "Casual");
    place(start, Chance.is(DOCKLESS_START, random), random, row);
    moment(startSecond, row);
    place(end, Chance.is(DOCKLESS_END, random), random, row);
    moment(endSecond, row);
    row.append(',').append(TYPES[Chance.pick(TYPE_SHARES, random)]);
    int bike = random.nextInt(Fleet.BIKES);
    row.append(',').append(Fleet.id(bike)).append(',').append(Fleet.name(bike)).append(',');
    digits(hundredths, 2, row);
    row.append(',');
    if (defect != Defect.NO_DURATION) {
      duration(seconds, row);
    }
    row.append(',').append(PATHS[Chance.pick(PATH_SHARES, random)]);
    row.append(',').append(Chance.is(0.075, random) ? "TRUE" : "FALSE").append(LINE_END);
  }

  /** Hub, latitude, longitude; without a hub the bike stands some blocks away from it. */
  private static void place(Station hub, boolean dockless, Random random, StringBuilder row) {
    int spread = dockless ? 60_000 : 0;
    row.append(',').append(dockless ? "" : hub.name()).append(',');
    degrees(hub.lat() + random.nextInt(spread + 1) - spread / 2, row);
    row.append(',');
    degrees(hub.lon() + random.nextInt(spread + 1) - spread / 2, row);
  }

  /** {@code ,M/d/yyyy,H:mm}. */
  private static void moment(long second, StringBuilder row) {
    LocalDateTime at = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    row.append(',').append(at.getMonthValue()).append('/').append(at.getDayOfMonth());
    row.append('/').append(at.getYear()).append(',').append(at.getHour()).append(':');
    twoDigits(at.getMinute(), row);
  }

  private static void duration(long seconds, StringBuilder row) {
    row.append(seconds / 3_600).append(':');
    twoDigits(seconds / 60 % 60, row);
    row.append(':');
    twoDigits(seconds % 60, row);
  }

  private static void degrees(long value, StringBuilder row) {
    row.append(value < 0 ? "-" : "");
    digits(Math.abs(value), 7, row);
  }

  private static void digits(long scaled, int places, StringBuilder row) {
    String text = Long.toString(scaled);
    String padded = "0".repeat(Math.max(0, places + 1 - text.length())) + text;
    int point = padded.length() - places;
    row.append(padded, 0, point).append('.').append(padded, point, padded.length());
  }

  private static void twoDigits(long value, StringBuilder row) {
    row.append(value < 10 ? "0" : "").append(value);
  }
}
