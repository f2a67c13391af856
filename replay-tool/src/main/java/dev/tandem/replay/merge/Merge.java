package dev.tandem.replay.merge;

import dev.tandem.core.TandemException;
import dev.tandem.core.decode.Decoded;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.definition.PipelineDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * All records of all files in event order: by time, then by file, then by line. Files are taken to
 * be nearly sorted; an event that comes later in its file than {@link #window} events allow comes
 * out of order, but it comes. The order depends on the files and on nothing else.
 *
 * <p>A file is opened when the merge reaches its first events, so memory depends neither on the
 * size of files nor, for files that follow each other in time, on their number.
 *
 * <p>Where a file breaks off, the merge ends: with all that could be read of that file and what the
 * others have before its last event, and then the failure.
 *
 * <p>Not thread-safe.
 */
public final class Merge implements AutoCloseable {
  /** Changes with everything that changes the order: what is half replayed cannot be resumed. */
  public static final int ORDER_VERSION = 1;

  private static final int MOST_OF_A_FILE = 50_000;
  private static final int MOST_OF_ALL = 400_000;
  private static final int LEAST_OF_A_FILE = 100;
  private static final int PEEK_ROWS = 200;

  private final PipelineDefinition pipeline;
  private final Intake intake;
  private final int window;
  private final PriorityQueue<Run> runs = new PriorityQueue<>(Run.ORDER);
  private final List<ReorderWindow> open = new ArrayList<>();
  private Optional<Run> given = Optional.empty();
  private @Nullable RuntimeException failure;

  /**
   * A file in the race.
   *
   * @param time of its next entry; of a file not opened yet the earliest of its first rows
   */
  private record Run(Source source, long time, @Nullable ReorderWindow window) {
    static final Comparator<Run> ORDER =
        Comparator.comparingLong(Run::time).thenComparingInt(r -> r.source().index());
  }

  /**
   * Looks into every file, and so finds files that are none of the pipeline's before the first
   * entry.
   *
   * @throws TandemException as {@link FileDecoder#open}
   */
  public Merge(PipelineDefinition pipeline, List<Source> sources, Intake intake) {
    this(pipeline, sources, intake, window(sources.size()));
  }

  Merge(PipelineDefinition pipeline, List<Source> sources, Intake intake, int window) {
    this.pipeline = pipeline;
    this.intake = intake;
    this.window = window;
    for (Source source : sources) {
      runs.add(new Run(source, source.isFile() ? firstTime(source) : Entry.AT_ONCE, null));
    }
  }

  /** How many events of each of {@code files} are sorted at a time. */
  static int window(int files) {
    return Math.max(LEAST_OF_A_FILE, Math.min(MOST_OF_A_FILE, MOST_OF_ALL / Math.max(1, files)));
  }

  /**
   * The next entry; empty at the end.
   *
   * @throws TandemException when a file broke off and all that precedes has been given
   */
  public Optional<Entry> next() {
    enterAgain();
    while (failure == null && !runs.isEmpty()) {
      Run run = runs.remove();
      ReorderWindow entries = run.window();
      if (entries == null) {
        entries =
            new ReorderWindow(run.source(), new ReadAhead(run.source(), pipeline, intake), window);
        open.add(entries);
        enter(run.source(), entries);
      } else {
        given = Optional.of(run);
        return Optional.of(entries.take());
      }
    }
    if (failure != null) {
      throw failure;
    }
    return Optional.empty();
  }

  /** Only now, since the next entry of standard input may be long in coming. */
  private void enterAgain() {
    Optional<Run> run = given;
    given = Optional.empty();
    run.ifPresent(r -> enter(r.source(), Objects.requireNonNull(r.window())));
  }

  private void enter(Source source, ReorderWindow entries) {
    Optional<Entry> head = entries.peek();
    if (head.isPresent()) {
      runs.add(new Run(source, head.get().time(), entries));
      return;
    }
    open.remove(entries);
    entries.close();
    failure = entries.failure().orElse(null);
  }

  /** The earliest time among the first rows; a file without events is read at once. */
  private long firstTime(Source source) {
    long earliest = Long.MAX_VALUE;
    try (FileDecoder decoder = source.open(pipeline, new Intake())) {
      try {
        for (int i = 0; (i < PEEK_ROWS || earliest == Long.MAX_VALUE) && decoder.hasNext(); i++) {
          if (decoder.next() instanceof Decoded.Good good) {
            earliest = Math.min(earliest, good.event().time());
          }
        }
      } catch (TandemException brokenFurtherOn) {
        // It comes again, behind the rows before it.
        return earliest == Long.MAX_VALUE ? Entry.AT_ONCE : earliest;
      }
    }
    return earliest == Long.MAX_VALUE ? Entry.AT_ONCE : earliest;
  }

  @Override
  public void close() {
    open.forEach(ReorderWindow::close);
  }
}
