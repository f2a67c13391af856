package dev.tandem.localkafka.chaos;

import dev.tandem.core.kafka.HangingTransactions;
import dev.tandem.core.kafka.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Ends what Kafka itself leaves open, as an operator would who sees that a system stands still. */
final class Operator implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(30);

  private final Map<String, Object> kafka;
  private final Topics topics;
  private final Journal journal;
  private final Thread thread = new Thread(this::work, "operator");

  Operator(String bootstrap, String pipeline, Journal journal) {
    this.kafka = Map.of("bootstrap.servers", bootstrap);
    this.topics = new Topics(pipeline);
    this.journal = journal;
  }

  /** Begins, in a thread of its own, until closed. */
  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void work() {
    try (Admin admin = Admin.create(kafka)) {
      HangingTransactions transactions = new HangingTransactions(admin, topics);
      while (true) {
        Thread.sleep(EVERY.toMillis());
        look(transactions);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A broker that is away is asked again later. */
  private void look(HangingTransactions transactions) throws InterruptedException {
    try {
      for (HangingTransactions.Hanging hanging : transactions.look()) {
        journal.say(
            "Kafka itself has left a transaction open in %s from offset %d on: ended, as an"
                + " operator would",
            hanging.partition(), hanging.offset());
        transactions.end(hanging);
      }
    } catch (ExecutionException | TimeoutException e) {
      // Nothing to say: brokers are killed here all the time.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
