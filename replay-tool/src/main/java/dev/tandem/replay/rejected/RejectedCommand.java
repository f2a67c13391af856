package dev.tandem.replay.rejected;

import dev.tandem.core.TandemException;
import dev.tandem.core.cli.CommonOptions;
import dev.tandem.core.cli.PipelineOption;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Nearest;
import dev.tandem.core.config.Settings;
import dev.tandem.core.definition.PipelineDefinition;
import dev.tandem.core.event.RejectReason;
import dev.tandem.core.kafka.KafkaConnection;
import dev.tandem.core.kafka.TopicAdmin;
import dev.tandem.core.kafka.Topics;
import dev.tandem.replay.console.StopSignal;
import dev.tandem.replay.meter.Meter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem rejected}. */
@Command(
    name = "rejected",
    description =
        "What was rejected and why; --replay sends again what can be read by now, each record"
            + " once.")
public final class RejectedCommand implements Callable<Integer> {
  private static final int LISTED = 20;

  @Mixin private CommonOptions common;
  @Mixin private PipelineOption pipeline;
  @Spec private CommandSpec spec;

  @Option(
      names = "--reason",
      paramLabel = "R",
      description = "only those rejected for this reason, such as wrong-partition; may be repeated")
  private List<String> reasons = new ArrayList<>();

  @Option(
      names = "--list",
      description = "show single records: source, reason, error and the bytes, shortened")
  private boolean list;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "how many records to show (default: 20); implies --list")
  private Optional<Integer> limit = Optional.empty();

  @Option(names = "--json", description = "as one JSON object")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "write those that are not repaired into a file, as they were, to be repaired by hand and"
              + " replayed; several files when they are of several formats")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--replay",
      description =
          "decode them again with the pipeline as it is now, and send those that are events to the"
              + " events topic, under the right key and in the right partition; run it as often as"
              + " you like, none is sent twice")
  private boolean replay;

  @Option(names = "--dry-run", description = "with --replay: say what it would do, send nothing")
  private boolean dryRun;

  @Override
  public Integer call() {
    check();
    Settings settings = common.settings();
    PipelineDefinition definition = pipeline.load(settings);
    Topics topics = Topics.of(definition);
    PrintWriter err = spec.commandLine().getErr();
    try (Admin admin =
        KafkaConnection.connect(
            settings.kafka(), settings.get(Keys.CONNECT_TIMEOUT), err::println)) {
      int partitions = new TopicAdmin(admin, topics).check();
      RejectedTopic rejected = new RejectedTopic(settings.kafka(), admin, topics, codes());
      return replay
          ? replay(settings, definition, partitions, rejected)
          : show(definition, rejected);
    }
  }

  private void check() {
    if (dryRun && !replay) {
      throw TandemException.wrongUse("--dry-run: only with --replay");
    }
    if (replay && (list || limit.isPresent() || out.isPresent())) {
      throw TandemException.wrongUse(
          "--replay beside --list, --limit or --out: give one after the other");
    }
    if (limit.isPresent() && limit.get() < 1) {
      throw TandemException.wrongUse("--limit " + limit.get() + ": give a whole number from 1");
    }
  }

  private Set<String> codes() {
    List<String> known = Arrays.stream(RejectReason.values()).map(RejectReason::code).toList();
    for (String reason : reasons) {
      if (!known.contains(reason)) {
        throw TandemException.wrongUse(
            "--reason %s%s: there are %s"
                .formatted(reason, Nearest.hint(reason, known), String.join(", ", known)));
      }
    }
    return new TreeSet<>(reasons);
  }

  private int show(PipelineDefinition definition, RejectedTopic rejected) {
    Census census = new Census();
    List<RejectedReport.Listed> listed = new ArrayList<>();
    int most = limit.orElse(list ? LISTED : 0);
    Repaired repaired = rejected.repaired();
    PrintWriter text = spec.commandLine().getOut();
    try (RejectedFiles files =
        new RejectedFiles(Topics.of(definition), out.orElse(Path.of("rejected")))) {
      rejected.forEach(
          () -> false,
          record -> {
            boolean again = repaired.contains(record.partition(), record.offset());
            if (again) {
              census.repairedBefore(record);
            } else {
              census.open(record, record.error());
              out.ifPresent(file -> files.write(record));
            }
            if (listed.size() < most) {
              listed.add(new RejectedReport.Listed(record, again));
            }
          });
      RejectedReport report = new RejectedReport(definition);
      if (json) {
        text.println(report.json(census, false, listed).toPrettyString());
      } else {
        report.print(census, false, text);
        if (!listed.isEmpty()) {
          text.println();
          report.print(listed, text);
        }
        text.printf(
            "%,d rejected records: %,d repaired, %,d open%n",
            census.records(), census.before(), census.open());
        sayFiles(files, text);
      }
    }
    text.flush();
    return 0;
  }

  private void sayFiles(RejectedFiles files, PrintWriter text) {
    for (RejectedFiles.Output output : files.outputs()) {
      text.printf(
          "%,d of them in %s: repair them, then ./tandem replay -p %s %s%s%n",
          output.records(),
          output.path(),
          pipeline.name(),
          output.events() ? "--events " : "",
          output.path());
    }
    if (files.left() > 0) {
      text.printf(
          "%,d of them are in no file: nothing is left of them, or only their beginning%n",
          files.left());
    }
  }

  private int replay(
      Settings settings, PipelineDefinition definition, int partitions, RejectedTopic rejected) {
    PrintWriter text = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Census census;
    boolean[] stopped = {false};
    Meter meter = Meter.of("rejected", json ? err : text);
    try (meter) {
      RejectedReplay action =
          new RejectedReplay(
              settings.kafka(), definition, partitions, rejected, done -> meter.show(done, 0));
      Runnable stop =
          () -> {
            stopped[0] = true;
            action.stop();
          };
      try (StopSignal signal = new StopSignal(stop)) {
        census = dryRun ? action.dryRun() : action.run();
      }
    }
    RejectedReport report = new RejectedReport(definition);
    if (json) {
      text.println(report.json(census, true, List.of()).toPrettyString());
    } else {
      report.print(census, true, text);
      text.printf(
          "%s: %,d rejected records, %,d sent again before, %,d %s, %,d still rejected%n",
          stopped[0] ? "stopped, the next one goes on" : "done",
          census.records(),
          census.before(),
          census.now(),
          dryRun ? "would be sent again" : "sent again now",
          census.open());
    }
    text.flush();
    return stopped[0] ? TandemException.FAILED : 0;
  }
}
