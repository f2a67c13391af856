package dev.tandem.backfill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Made-up trips in the columns of the public files; the same for the same seed. */
final class Trips {
  private static final String HEADER =
      "RouteID,PaymentPlan,StartHub,StartLatitude,StartLongitude,StartDate,StartTime,EndHub,EndLatitude,EndLongitude,EndDate,EndTime,TripType,BikeID,BikeName,Distance_Miles,Duration,RentalAccessPath,MultipleRental";
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("M/d/yyyy");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm");
  private static final String[] STATIONS = {
    "SW 3rd at Ankeny", " NE Sandy ", "", "Waterfront \"S\""
  };

  private Trips() {}

  /** Lines of trips that begin within {@code days} of {@code from}. */
  static List<String> lines(String prefix, LocalDateTime from, int days, int count, long seed) {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      LocalDateTime start = from.plusMinutes(random.nextInt(days * 24 * 60));
      int minutes = random.nextInt(20) == 0 ? -5 : 1 + random.nextInt(90);
      LocalDateTime end = start.plusMinutes(minutes);
      String duration =
          random.nextInt(8) == 0
              ? ""
              : Math.abs(minutes) / 60 + ":%02d:00".formatted(Math.abs(minutes) % 60);
      String miles = random.nextInt(15) == 0 ? "5200.5" : "%.3f".formatted(random.nextDouble() * 5);
      lines.add(
          String.join(
              ",",
              prefix + i,
              random.nextBoolean() ? "Casual" : "Subscriber",
              quoted(STATIONS[random.nextInt(STATIONS.length)]),
              "45.5",
              "-122.6",
              DATE.format(start),
              TIME.format(start),
              quoted(STATIONS[random.nextInt(STATIONS.length)]),
              "45.6",
              "-122.7",
              DATE.format(end),
              TIME.format(end),
              "",
              Integer.toString(random.nextInt(50)),
              "a bike",
              miles,
              duration,
              "keypad",
              "FALSE"));
    }
    return lines;
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\"\"") + "\"";
  }

  /** The lines with every {@code nth} one changed. */
  static List<String> change(List<String> lines, int nth, UnaryOperator<String> how) {
    List<String> changed = new ArrayList<>(lines);
    for (int i = 0; i < changed.size(); i += nth) {
      changed.set(i, how.apply(changed.get(i)));
    }
    return changed;
  }

  static Path write(Path file, List<String> lines) throws IOException {
    List<String> all = new ArrayList<>(List.of(HEADER));
    all.addAll(lines);
    all.add(",".repeat(18));
    return Files.write(file, all);
  }
}
