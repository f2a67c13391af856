package dev.tandem.bench.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One client asks each question again and again, then many ask all of them at once, each without a
 * pause. All warm up before.
 */
final class Interview {
  private static final int WARM_UP = 50;
  private static final int ASKED = 200;
  static final int CLIENTS = 50;
  private static final int ROUNDS_OF_MANY = 10;

  private final Answerer answerer;
  private final List<Question> questions;

  Interview(Answerer answerer, List<Question> questions) {
    this.answerer = answerer;
    this.questions = questions;
  }

  /**
   * @return for each question {@code _p50_ms}, {@code _p99_ms} and {@code _max_ms}, for many
   *     clients the same and {@code _per_s}
   */
  Map<String, Double> hold() throws InterruptedException {
    Map<String, Double> figures = new HashMap<>();
    for (Question question : questions) {
      try (Answerer.Client client = answerer.connect()) {
        ask(client, List.of(question), WARM_UP);
        put(figures, question.name(), ask(client, List.of(question), ASKED));
      }
    }
    many(figures);
    return figures;
  }

  private void many(Map<String, Double> figures) throws InterruptedException {
    String name = "clients" + CLIENTS;
    List<Answerer.Client> clients = new ArrayList<>();
    for (int c = 0; c < CLIENTS; c++) {
      clients.add(answerer.connect());
    }
    ExecutorService pool = Executors.newFixedThreadPool(CLIENTS);
    try {
      all(pool, clients, 1);
      long began = System.nanoTime();
      long[] nanos = all(pool, clients, ROUNDS_OF_MANY);
      figures.put(name + "_per_s", nanos.length / ((System.nanoTime() - began) / 1e9));
      put(figures, name, nanos);
    } finally {
      pool.shutdownNow();
      clients.forEach(Answerer.Client::close);
    }
  }

  private long[] all(ExecutorService pool, List<Answerer.Client> clients, int rounds)
      throws InterruptedException {
    List<Future<long[]>> parts = new ArrayList<>();
    for (Answerer.Client client : clients) {
      parts.add(pool.submit(() -> ask(client, questions, rounds)));
    }
    long[] nanos = new long[clients.size() * questions.size() * rounds];
    int at = 0;
    for (Future<long[]> part : parts) {
      try {
        for (long n : part.get()) {
          nanos[at++] = n;
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("a client failed", e.getCause());
      }
    }
    return nanos;
  }

  /** Nanoseconds of every answer. */
  private static long[] ask(Answerer.Client client, List<Question> questions, int rounds)
      throws InterruptedException {
    long[] nanos = new long[rounds * questions.size()];
    int at = 0;
    for (int round = 0; round < rounds; round++) {
      for (Question question : questions) {
        long asked = System.nanoTime();
        client.ask(question);
        nanos[at++] = System.nanoTime() - asked;
      }
    }
    return nanos;
  }

  private static void put(Map<String, Double> figures, String name, long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    figures.put(name + "_p50_ms", at(sorted, 0.5));
    figures.put(name + "_p99_ms", at(sorted, 0.99));
    figures.put(name + "_max_ms", at(sorted, 1));
  }

  /** The least value that such a share of them does not exceed. */
  private static double at(long[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
  }
}
