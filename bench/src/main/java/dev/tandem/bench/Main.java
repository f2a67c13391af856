package dev.tandem.bench;

import dev.tandem.core.cli.Cli;
import picocli.CommandLine.Command;

/** The benchmarks. */
@Command(
    name = "tandem",
    mixinStandardHelpOptions = true,
    description = "Measures Tandem beside its peers.",
    subcommands = BenchCommand.class)
public final class Main {

  Main() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] args) {
    System.exit(Cli.run(new Main(), args));
  }
}
