package dev.tandem.streams.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.kafka.LedgerCheck;
import dev.tandem.core.reconcile.FirstHalfState;
import dev.tandem.core.reconcile.Ledger;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The ledger, a line a partition of the log, for people and as JSON. */
final class LedgerTable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LedgerCheck check;

  LedgerTable(LedgerCheck check) {
    this.check = check;
  }

  void print(PrintWriter out) {
    boolean counted = !check.recounted().isEmpty();
    List<TextTable.Column> columns = new ArrayList<>();
    Stream.of(
            "partition",
            "read",
            "counted",
            "claimed",
            "duplicate",
            "rejected",
            "parked",
            "difference",
            "barriers",
            "offset")
        .forEach(title -> columns.add(new TextTable.Column(title, true)));
    if (counted) {
      columns.add(new TextTable.Column("in the log", true));
    }
    TextTable table = new TextTable(out, columns);
    check
        .states()
        .forEach(
            (partition, state) -> {
              Ledger l = state.ledger();
              List<String> cells = new ArrayList<>(List.of(partition.toString()));
              Stream.of(
                      l.read(),
                      l.counted(),
                      l.claimed(),
                      l.duplicate(),
                      l.rejected(),
                      l.parked(),
                      l.difference(),
                      state.barriers() + state.parkedBarriers(),
                      state.position())
                  .forEach(n -> cells.add(number(n)));
              if (counted) {
                Long records = check.recounted().get(partition);
                cells.add(records == null ? "shortened" : number(records));
              }
              table.row(cells);
            });
    table.end();
  }

  private static String number(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** The sum with {@code balances} and {@code problems}, and the partitions. */
  ObjectNode json() {
    ObjectNode node = JSON.createObjectNode();
    node.setAll(JSON.<ObjectNode>valueToTree(check.total()));
    node.put("balances", check.balances());
    ArrayNode problems = node.putArray("problems");
    check.problems().forEach(problems::add);
    ArrayNode partitions = node.putArray("partitions");
    check.states().forEach((partition, state) -> add(partitions.addObject(), partition, state));
    return node;
  }

  private void add(ObjectNode node, int partition, FirstHalfState state) {
    node.put("partition", partition);
    node.setAll(JSON.<ObjectNode>valueToTree(state.ledger()));
    node.put("difference", state.ledger().difference());
    node.put("barriers", state.barriers() + state.parkedBarriers());
    node.put("generation", state.generation());
    node.put("offset", state.position());
    node.put("records", state.records());
    Long records = check.recounted().get(partition);
    if (records != null) {
      node.put("records_in_log", records);
    }
  }
}
