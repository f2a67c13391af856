package dev.tandem.core.kafka;

import dev.tandem.core.TandemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Reaches Kafka, with a visible wait while it is not there. */
public final class KafkaConnection {
  private static final Duration TRY = Duration.ofSeconds(1);
  private static final Duration NOTICE = Duration.ofSeconds(5);

  private KafkaConnection() {}

  /**
   * An admin client of a cluster that answers.
   *
   * @param kafka client properties
   * @param wait how long to try
   * @param notice told every few seconds that it still waits, for a person to read
   * @throws TandemException when the cluster does not answer in that time
   */
  public static Admin connect(Map<String, String> kafka, Duration wait, Consumer<String> notice) {
    String bootstrap = kafka.get("bootstrap.servers");
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("default.api.timeout.ms", "30000");
    Admin admin;
    try {
      admin = Admin.create(properties);
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw TandemException.wrongUse("Kafka at " + bootstrap + ": " + cause.getMessage());
    }
    long deadline = System.nanoTime() + wait.toNanos();
    long nextNotice = System.nanoTime();
    while (true) {
      try {
        admin.describeCluster().nodes().get(TRY.toMillis(), TimeUnit.MILLISECONDS);
        return admin;
      } catch (TimeoutException | ExecutionException e) {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        if (left.isNegative() || left.isZero()) {
          admin.close(Duration.ZERO);
          throw TandemException.failed(
              "no answer from Kafka at "
                  + bootstrap
                  + " in "
                  + wait.toSeconds()
                  + " s: start it (./tandem kafka), or name another with --bootstrap HOST:PORT");
        }
        if (System.nanoTime() - nextNotice >= 0) {
          nextNotice = System.nanoTime() + NOTICE.toNanos();
          notice.accept(
              "waiting for Kafka at "
                  + bootstrap
                  + " ("
                  + Math.max(1, left.toSeconds())
                  + " s left)");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        admin.close(Duration.ZERO);
        throw TandemException.failed("interrupted while waiting for Kafka", e);
      }
    }
  }
}
