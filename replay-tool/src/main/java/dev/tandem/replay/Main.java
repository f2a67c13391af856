package dev.tandem.replay;

import dev.tandem.core.cli.Cli;
import picocli.CommandLine.Command;

/** The commands about files and topics. */
@Command(
    name = "tandem",
    mixinStandardHelpOptions = true,
    description = "Topics, replay and sample histories.",
    subcommands = {TopicsCommand.class, ReplayCommand.class, GenerateCommand.class})
public final class Main {

  Main() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] args) {
    System.exit(Cli.run(new Main(), args));
  }
}
