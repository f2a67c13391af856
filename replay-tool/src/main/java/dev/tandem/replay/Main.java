package dev.tandem.replay;

import dev.tandem.core.cli.Cli;
import dev.tandem.replay.fetch.FetchCommand;
import dev.tandem.replay.init.InitCommand;
import dev.tandem.replay.rejected.RejectedCommand;
import picocli.CommandLine.Command;

/** The commands about files, streams, topics and rejected records. */
@Command(
    name = "tandem",
    mixinStandardHelpOptions = true,
    description =
        "Topics, replay, live streams, published files, rejected records, sample histories and new"
            + " pipelines.",
    subcommands = {
      TopicsCommand.class,
      ReplayCommand.class,
      IngestCommand.class,
      FetchCommand.class,
      RejectedCommand.class,
      GenerateCommand.class,
      InitCommand.class
    })
public final class Main {

  Main() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] args) {
    System.exit(Cli.run(new Main(), args));
  }
}
