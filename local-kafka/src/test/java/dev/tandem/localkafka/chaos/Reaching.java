package dev.tandem.localkafka.chaos;

import dev.tandem.core.fault.FailPoint;

/** A process that reaches a point three times, and says so. */
final class Reaching {
  private Reaching() {}

  public static void main(String[] args) {
    for (int i = 1; i <= 3; i++) {
      FailPoint.BACKFILL_CLAIM.reached();
      System.out.println("passed " + i);
    }
    FailPoint.BACKFILL_READ.reached();
    System.out.println("ended");
  }
}
