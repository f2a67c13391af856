package dev.tandem.streams;

import dev.tandem.core.cli.Cli;
import dev.tandem.streams.client.QueryCommand;
import dev.tandem.streams.client.StatusCommand;
import picocli.CommandLine.Command;

/** The commands of the live half. */
@Command(
    name = "tandem",
    mixinStandardHelpOptions = true,
    description = "The live half: the streams app and questions to it.",
    subcommands = {UpCommand.class, QueryCommand.class, StatusCommand.class})
public final class Main {

  Main() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] args) {
    System.exit(Cli.run(new Main(), args));
  }
}
