package dev.tandem.bench.query;

import dev.tandem.bench.Bench;
import dev.tandem.bench.app.TandemApp;
import dev.tandem.bench.work.Ground;
import dev.tandem.bench.work.SettledRows;
import dev.tandem.bench.work.Work;
import dev.tandem.core.TandemException;
import dev.tandem.core.kafka.Topics;
import dev.tandem.localkafka.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An app that has all rows and DuckDB with the same ones, asked in turn. */
public final class QueryBench {
  private static final String WORKLOAD = "query";

  /** As many clients as there are, without being sent away. */
  private static final String WAITING = "query.waiting=" + Interview.CLIENTS;

  private final Bench bench;
  private final Work work;
  private final Topics topics;

  public QueryBench(Bench bench) throws InterruptedException {
    this.bench = bench;
    this.work = Work.of(bench);
    this.topics = Topics.of(work.pipeline());
  }

  /**
   * Measures; each run is in the results as soon as it is over.
   *
   * @throws TandemException when the app ends early, or the two do not answer alike
   */
  public void run() throws InterruptedException, IOException {
    try (Ground ground = Ground.prepare(bench, work)) {
      ground.clearForTandem();
      measure(ground);
    }
  }

  private void measure(Ground ground) throws InterruptedException, IOException {
    Path folder = work.temporary("tandem");
    try (TandemApp app = TandemApp.start(bench, ground, folder, WAITING);
        DuckDbTable table = DuckDbTable.load(ground)) {
      AppApi api = new AppApi(app.await(), topics.pipeline());
      bench.say("waiting until the app has all rows");
      SettledRows.await(ground, topics.aggregates(), app::checkAlive);
      measure(api, table);
    } finally {
      Folders.delete(folder);
    }
  }

  private void measure(AppApi api, DuckDbTable table) throws InterruptedException, IOException {
    List<Question> questions = List.of(Question.top10(), table.busiest());
    for (Question question : questions) {
      compare(question, rows(api, question), rows(table, question));
    }
    Map<String, Bench.Measurement> measurements = new LinkedHashMap<>();
    measurements.put("tandem", () -> interview("tandem", api, questions));
    measurements.put("duckdb", () -> interview("duckdb", table, questions));
    bench.inTurn(measurements);
  }

  private void interview(String name, Answerer answerer, List<Question> questions)
      throws InterruptedException {
    bench.keep(WORKLOAD, name, work.name(), new Interview(answerer, questions).hold());
  }

  private static List<String> rows(Answerer answerer, Question question)
      throws InterruptedException {
    try (Answerer.Client client = answerer.connect()) {
      return client.rows(question);
    }
  }

  private static void compare(Question question, List<String> app, List<String> duckdb) {
    if (app.isEmpty() || !app.equals(duckdb)) {
      throw TandemException.failed(
          "%s: the app answers %s, DuckDB %s".formatted(question.name(), app, duckdb));
    }
  }
}
