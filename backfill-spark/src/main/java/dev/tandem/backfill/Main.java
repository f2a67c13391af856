package dev.tandem.backfill;

import dev.tandem.core.cli.Cli;
import picocli.CommandLine.Command;

/** The batch half's commands. */
@Command(
    name = "tandem",
    description = "Recomputes history with Spark.",
    subcommands = {
      BackfillCommand.class,
      VerifyCommand.class,
      BacktestCommand.class,
      ArchiveCommand.class,
      SqlCommand.class
    })
public final class Main {
  Main() {}

  public static void main(String[] args) {
    System.exit(Cli.run(new Main(), args));
  }
}
