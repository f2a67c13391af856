package dev.tandem.backfill.engine;

import dev.tandem.backfill.report.EventCounts;
import dev.tandem.core.decode.Decoded;
import dev.tandem.core.decode.FileDecoder;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.EventBytes;
import dev.tandem.core.kafka.RunInput;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Reads input files, in a task, one row at a time. */
record FileReading(PipelineText pipeline) implements Serializable {
  /** A file's rows take the lower bits of a rank, its place in the order given the upper ones. */
  private static final int ROW_BITS = 40;

  /**
   * An input file.
   *
   * @param index place in the order given
   * @param name local path, or URI with a scheme for Hadoop
   */
  record InputFile(int index, String name) implements Serializable {
    /** Files in the order given. */
    static List<InputFile> of(List<String> names) {
      List<InputFile> files = new ArrayList<>();
      names.forEach(name -> files.add(new InputFile(files.size(), name)));
      return files;
    }
  }

  /** Whether a name is a URI that Hadoop reads, and not a local path. */
  static boolean isUri(String name) {
    return name.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*");
  }

  /** What is known of a file when all of its rows are read. */
  record Read(EventCounts counts, RunInput input) implements Serializable {}

  /** The rows of one file; what was read goes to {@code reports} when they are through. */
  Iterator<Tuple2<String, EventVersions>> events(InputFile file, PerPartition<Read> reports) {
    PipelineDefinition definition = pipeline.definition();
    OpenFile open = OpenFile.open(definition, file.name());
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) context -> open.decoder().close());
    return new Rows(open, new EventBytes(definition.schema()), file.index(), reports);
  }

  private static final class Rows implements Iterator<Tuple2<String, EventVersions>> {
    private final OpenFile file;
    private final FileDecoder decoder;
    private final EventBytes bytes;
    private final PerPartition<Read> reports;
    private final Map<String, Long> rejected = new TreeMap<>();
    private long rank;
    private long events;
    private boolean reported;
    private @Nullable Tuple2<String, EventVersions> next;

    Rows(OpenFile file, EventBytes bytes, int index, PerPartition<Read> reports) {
      this.file = file;
      this.decoder = file.decoder();
      this.bytes = bytes;
      this.reports = reports;
      this.rank = (long) index << ROW_BITS;
    }

    @Override
    public boolean hasNext() {
      while (next == null && decoder.hasNext()) {
        Decoded decoded = decoder.next();
        rank++;
        if (decoded instanceof Decoded.Good good) {
          events++;
          byte[] event = bytes.encode(good.event());
          next = new Tuple2<>(good.event().id(), EventVersions.ofFile(rank, event));
        } else if (decoded instanceof Decoded.Bad bad) {
          rejected.merge(bad.reason().code(), 1L, Long::sum);
        }
      }
      if (next == null && !reported) {
        reported = true;
        reports.report(new Read(new EventCounts(events, rejected), file.read().get()));
      }
      return next != null;
    }

    @Override
    public Tuple2<String, EventVersions> next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      Tuple2<String, EventVersions> result = next;
      next = null;
      return result;
    }
  }
}
