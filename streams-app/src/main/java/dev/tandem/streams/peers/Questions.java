package dev.tandem.streams.peers;

import dev.tandem.core.definition.AggregateDefinition;
import dev.tandem.core.kafka.Run;
import dev.tandem.streams.access.Access;
import dev.tandem.streams.query.Answer;
import dev.tandem.streams.query.AskablePartition;
import dev.tandem.streams.query.BadQueryException;
import dev.tandem.streams.query.Completeness;
import dev.tandem.streams.query.Entries;
import dev.tandem.streams.query.MergedEntries;
import dev.tandem.streams.query.OpenPartition;
import dev.tandem.streams.query.PartCodec;
import dev.tandem.streams.query.QueryRequest;
import dev.tandem.streams.query.RowQuery;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One answer from all instances. Each partition is asked once: the instance that works on it, else
 * one with a copy, and again while it moves, until it answers or patience ends; then the answer
 * says that it is not complete. Thread-safe.
 */
public final class Questions {
  private static final Logger LOG = LoggerFactory.getLogger(Questions.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long PAUSE_MILLIS = 50;

  private final LocalRows local;
  private final Supplier<Map<Integer, Holders>> holders;
  private final HostInfo self;
  private final PeerClient peers;
  private final int partitions;
  private final ZoneId zone;
  private final int mostGroups;
  private final Supplier<Collection<Run>> runs;

  /**
   * @param topic a topic whose partitions are those of the rows
   * @param self where other instances find this one
   * @param access how they are asked
   * @param mostGroups more rows than this are not merged for one answer
   */
  public Questions(
      KafkaStreams streams,
      LocalRows local,
      String pipeline,
      ZoneId zone,
      String topic,
      int partitions,
      HostInfo self,
      Access access,
      int mostGroups,
      Supplier<Collection<Run>> runs) {
    this.local = local;
    this.holders = () -> Holders.of(streams, topic);
    this.self = self;
    this.peers = new PeerClient(pipeline, access);
    this.partitions = partitions;
    this.zone = zone;
    this.mostGroups = mostGroups;
    this.runs = runs;
  }

  /** What was found so far. */
  private static final class Found {
    final List<Entries> parts = new ArrayList<>();
    final Set<Integer> answered = new TreeSet<>();
    boolean filled = true;
    long asOf = Long.MAX_VALUE;

    void add(List<PartCodec.Head> heads, Entries rows) {
      parts.add(rows);
      for (PartCodec.Head head : heads) {
        answered.add(head.partition());
        filled &= head.filled();
        asOf = Math.min(asOf, head.asOf());
      }
    }
  }

  /**
   * Asks all partitions.
   *
   * @param query of the URL, for other instances
   * @throws BadQueryException when the answer is too large to merge
   */
  public Answer ask(QueryRequest request, String query) {
    return ask(request, query, PATIENCE);
  }

  /** Whether a definition's rows are all there, as far as can be said at once. */
  public boolean isComplete(AggregateDefinition aggregate) {
    QueryRequest any = QueryRequest.parse(aggregate, zone, Map.of("limit", List.of("1")));
    try (Answer answer = ask(any, "limit=1", Duration.ZERO)) {
      return answer.complete();
    }
  }

  private Answer ask(QueryRequest request, String query, Duration patience) {
    Found found = new Found();
    try {
      gather(request, query, patience, found);
      return new Answer(
          found.filled && found.answered.size() == partitions,
          found.answered.isEmpty() ? OptionalLong.empty() : OptionalLong.of(found.asOf),
          List.copyOf(found.answered),
          new MergedEntries(found.parts));
    } catch (RuntimeException e) {
      found.parts.forEach(Entries::close);
      throw e;
    }
  }

  private void gather(QueryRequest request, String query, Duration patience, Found found) {
    Set<Integer> missing = new TreeSet<>(IntStream.range(0, partitions).boxed().toList());
    long end = System.nanoTime() + patience.toNanos();
    for (int round = 0; ; round++) {
      Map<HostInfo, List<Integer>> plan = plan(missing, round);
      List<CompletableFuture<PeerClient.Part>> asked = new ArrayList<>();
      plan.forEach(
          (host, numbers) -> {
            if (!host.equals(self)) {
              asked.add(peers.ask(host, request.aggregate(), query, numbers));
            }
          });
      RuntimeException wrong = null;
      try {
        askHere(request, plan.getOrDefault(self, List.of()), found);
      } catch (BadQueryException e) {
        wrong = e;
      }
      for (CompletableFuture<PeerClient.Part> part : asked) {
        try {
          take(part, found);
        } catch (BadQueryException e) {
          wrong = e;
        }
      }
      if (wrong != null) {
        throw wrong;
      }
      missing.removeAll(found.answered);
      if (missing.isEmpty() || System.nanoTime() >= end || !pause()) {
        return;
      }
    }
  }

  private static void take(CompletableFuture<PeerClient.Part> asked, Found found) {
    try {
      PeerClient.Part part = asked.join();
      found.add(part.heads(), part.rows());
    } catch (CompletionException e) {
      if (e.getCause() instanceof BadQueryException theirs) {
        throw theirs;
      }
      LOG.debug("another instance does not answer", e.getCause());
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whom to ask for what, this time. */
  private Map<HostInfo, List<Integer>> plan(Set<Integer> missing, int round) {
    Map<Integer, Holders> known = new HashMap<>(holders.get());
    Map<HostInfo, List<Integer>> plan = new LinkedHashMap<>();
    for (int partition : missing) {
      List<HostInfo> candidates =
          candidates(partition, known.getOrDefault(partition, Holders.NONE));
      if (!candidates.isEmpty()) {
        HostInfo host = candidates.get(round % candidates.size());
        plan.computeIfAbsent(host, h -> new ArrayList<>()).add(partition);
      }
    }
    return plan;
  }

  private List<HostInfo> candidates(int partition, Holders known) {
    List<HostInfo> candidates = new ArrayList<>();
    if (local.active(partition).isPresent()) {
      candidates.add(self);
    } else {
      known.active().filter(host -> !host.equals(self)).ifPresent(candidates::add);
      if (local.standby(partition).isPresent()) {
        candidates.add(self);
      }
    }
    known.standbys().stream().filter(host -> !host.equals(self)).forEach(candidates::add);
    return candidates;
  }

  private void askHere(QueryRequest request, List<Integer> numbers, Found found) {
    List<PartCodec.Head> heads = new ArrayList<>();
    Entries rows = here(request, numbers, heads);
    found.add(heads, rows);
  }

  /**
   * The part of an answer that this process can give.
   *
   * @param numbers of the partitions that are asked
   * @param heads takes those that answer
   * @throws BadQueryException when it is too large to merge
   */
  public Entries here(QueryRequest request, List<Integer> numbers, List<PartCodec.Head> heads) {
    List<OpenPartition> open = new ArrayList<>();
    for (int number : numbers) {
      Optional<AskablePartition> partition = local.any(number);
      try {
        partition.map(p -> p.open(request)).ifPresent(open::add);
      } catch (InvalidStateStoreException moving) {
        LOG.debug("partition {} moves", number, moving);
      }
    }
    for (OpenPartition p : open) {
      heads.add(new PartCodec.Head(p.number(), isFilled(request, p), p.asOf()));
    }
    return new RowQuery(request, zone, mostGroups).run(open);
  }

  private boolean isFilled(QueryRequest request, OpenPartition p) {
    return Completeness.isFilled(
        request.aggregate(), request.range(), p.live(), p.committed(), runs.get());
  }
}
