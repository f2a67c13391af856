package dev.tandem.replay.generate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * 150 stations at street corners of Portland's grid: numbered avenues give the longitude, named
 * streets the latitude. The same for every seed. One name has a trailing blank.
 */
final class City {
  private static final int STATIONS = 150;
  private static final int TRAILING_BLANK = 12;

  /** Avenues east of the river count from it, those west of it the other way. */
  private record Quarter(String name, int share, boolean east, int avenues, String streets) {}

  private static final List<Quarter> QUARTERS =
      List.of(
          new Quarter(
              "SW",
              50,
              false,
              18,
              "Ankeny 5223,Pine 5214,Oak 5209,Stark 5203,Alder 5190,Morrison 5184,Yamhill 5178,"
                  + "Taylor 5172,Salmon 5160,Main 5156,Jefferson 5150,Columbia 5142,Market 5125,"
                  + "Montgomery 5112,Harrison 5100,Lincoln 5075"),
          new Quarter(
              "NW",
              40,
              false,
              24,
              "Couch 5237,Davis 5245,Everett 5250,Flanders 5257,Glisan 5264,Hoyt 5271,Irving 5279,"
                  + "Johnson 5285,Kearney 5292,Lovejoy 5298,Marshall 5308,Northrup 5314,"
                  + "Overton 5321,Pettygrove 5329,Raleigh 5341,Thurman 5355"),
          new Quarter(
              "SE",
              40,
              true,
              38,
              "Ankeny 5222,Pine 5206,Stark 5193,Belmont 5164,Salmon 5142,Hawthorne 5120,"
                  + "Harrison 5086,Division 5048,Clinton 5035"),
          new Quarter(
              "NE",
              20,
              true,
              32,
              "Couch 5236,Glisan 5265,Multnomah 5314,Broadway 5350,Knott 5418,Fremont 5483,"
                  + "Prescott 5557,Alberta 5590,Killingsworth 5627"));

  private final List<Station> stations = new ArrayList<>();
  private final double[] starts;
  private final double[][] ends;

  City() {
    Random random = new Random(45_5231);
    Set<String> names = new HashSet<>();
    for (Quarter quarter : QUARTERS) {
      int wanted = stations.size() + quarter.share() * STATIONS / 150;
      String[] streets = quarter.streets().split(",");
      while (stations.size() < wanted) {
        add(quarter, streets[random.nextInt(streets.length)].split(" "), names, random);
      }
    }
    starts = Chance.cumulative(stations.stream().mapToDouble(Station::popularity).toArray());
    ends = stations.stream().map(this::endsFrom).toArray(double[][]::new);
  }

  private void add(Quarter quarter, String[] street, Set<String> names, Random random) {
    int avenue = 1 + random.nextInt(quarter.avenues());
    boolean trailing = stations.size() == TRAILING_BLANK;
    String name =
        quarter.name() + " " + ordinal(avenue) + " at " + street[0] + (trailing ? " " : "");
    if (!names.add(name)) {
      return;
    }
    long lat = 45_0000000L + Long.parseLong(street[1]) * 1_000 + random.nextInt(600) - 300;
    long lon = quarter.east() ? -122_6640000L + avenue * 9_500L : -122_6713000L - avenue * 11_900L;
    stations.add(
        new Station(
            name,
            lat,
            lon + random.nextInt(600) - 300,
            trailing ? 2 : Chance.logNormal(1, 0.9, random)));
  }

  /** People go where others go, and rather not far. */
  private double[] endsFrom(Station start) {
    return Chance.cumulative(
        stations.stream()
            .mapToDouble(s -> s.popularity() * StrictMath.exp(-start.milesTo(s) / 1.2))
            .toArray());
  }

  int randomStart(Random random) {
    return Chance.pick(starts, random);
  }

  int randomEnd(int start, Random random) {
    return Chance.pick(ends[start], random);
  }

  Station station(int index) {
    return stations.get(index);
  }

  static String ordinal(int number) {
    int tens = number / 10 % 10;
    return number
        + switch (tens == 1 ? 0 : number % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
  }
}
