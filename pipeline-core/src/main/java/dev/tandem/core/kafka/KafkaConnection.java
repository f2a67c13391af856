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
   * @throws TandemException when the cluster does not answer in that time; at once when it refuses
   *     whoever this is, or speaks TLS and the properties do not
   */
  public static Admin connect(Map<String, String> kafka, Duration wait, Consumer<String> notice) {
    String bootstrap = kafka.getOrDefault("bootstrap.servers", "");
    Admin admin = admin(kafka, bootstrap);
    try {
      await(admin, kafka, bootstrap, wait, notice);
      return admin;
    } catch (RuntimeException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  private static Admin admin(Map<String, String> kafka, String bootstrap) {
    OauthPermits.permit(kafka);
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("default.api.timeout.ms", "30000");
    try {
      return Admin.create(properties);
    } catch (KafkaException e) {
      throw TandemException.wrongUse(
          "no client can be made for Kafka at %s (%s): correct config/kafka.properties"
              .formatted(bootstrap, why(e)),
          e);
    }
  }

  /**
   * Kafka wraps what went wrong with a key store or a login in what it wanted to do with it, and
   * writes stack traces into messages.
   */
  private static String why(Throwable failure) {
    String last = "";
    String before = "";
    for (Throwable e = failure; e != null; e = e.getCause()) {
      before = last;
      last = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
    return before.contains(last) || before.isEmpty() ? last : before + ": " + last;
  }

  private static void await(
      Admin admin,
      Map<String, String> kafka,
      String bootstrap,
      Duration wait,
      Consumer<String> notice) {
    long deadline = System.nanoTime() + wait.toNanos();
    long nextNotice = System.nanoTime();
    while (true) {
      try {
        admin.describeCluster().nodes().get(TRY.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException | ExecutionException e) {
        Refusals.find(e)
            .ifPresent(
                refusal -> {
                  throw at(bootstrap, refusal);
                });
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        if (left.isNegative() || left.isZero()) {
          throw noAnswer(bootstrap, wait, new SpokenProtocol(kafka, PortProbe.ask(bootstrap)));
        }
        if (System.nanoTime() - nextNotice >= 0) {
          SpokenProtocol spoken = new SpokenProtocol(kafka, PortProbe.ask(bootstrap));
          if (spoken.neverAnswers()) {
            throw TandemException.wrongUse(
                "Kafka at %s does not answer: %s".formatted(bootstrap, spoken.remedy()));
          }
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
        throw TandemException.failed("interrupted while waiting for Kafka", e);
      }
    }
  }

  private static TandemException at(String bootstrap, TandemException refusal) {
    String text = "Kafka at %s: %s".formatted(bootstrap, refusal.getMessage());
    return refusal.exitCode() == TandemException.WRONG_USE
        ? TandemException.wrongUse(text, refusal)
        : TandemException.failed(text, refusal);
  }

  private static TandemException noAnswer(String bootstrap, Duration wait, SpokenProtocol spoken) {
    return TandemException.failed(
        "no answer from Kafka at %s in %d s: %s"
            .formatted(bootstrap, wait.toSeconds(), spoken.remedy()));
  }
}
