package dev.tandem.core.decision;

/** Where a subject is, degrees north and east. */
public record Place(double lat, double lon) {
  private static final double EARTH_RADIUS_KM = 6_371.0088;

  /** Kilometres along a great circle of a sphere of the earth's mean radius (haversine). */
  double kilometresTo(Place other) {
    double lat1 = Math.toRadians(lat);
    double lat2 = Math.toRadians(other.lat);
    double sinLat = Math.sin((lat2 - lat1) / 2);
    double sinLon = Math.sin(Math.toRadians(other.lon - lon) / 2);
    double h = sinLat * sinLat + Math.cos(lat1) * Math.cos(lat2) * sinLon * sinLon;
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
  }
}
