package dev.tandem.replay.generate;

/** A thousand bikes; their names hold blanks. */
final class Fleet {
  static final int BIKES = 1_000;

  private static final String[] SPECIAL = {
    "BETRUE TRAINER", "BETRUE MAX", "AIR MAX", "AIR SAFARI", "BIKETOWN - LOST", "BETRUE MAX - RECON"
  };

  private Fleet() {}

  static int id(int bike) {
    return 5_980 + bike * 3 / 2;
  }

  static String name(int bike) {
    String model = bike % 17 == 0 ? SPECIAL[bike / 17 % SPECIAL.length] : "BIKETOWN";
    return "%04d %s".formatted(bike * 7 % BIKES + 1, model);
  }
}
