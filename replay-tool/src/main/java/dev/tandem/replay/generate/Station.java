package dev.tandem.replay.generate;

/** A place where bikes stand. Degrees are in units of 1e-7. */
record Station(String name, long lat, long lon, double popularity) {
  private static final double MILES_PER_LAT = 69.0e-7;
  private static final double MILES_PER_LON = 48.4e-7;

  /** As the crow flies, near Portland's latitude. */
  double milesTo(Station other) {
    double north = (lat - other.lat) * MILES_PER_LAT;
    double east = (lon - other.lon) * MILES_PER_LON;
    return Math.sqrt(north * north + east * east);
  }
}
