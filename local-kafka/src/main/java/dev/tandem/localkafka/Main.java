package dev.tandem.localkafka;

import dev.tandem.core.cli.Cli;
import dev.tandem.localkafka.chaos.ChaosCommand;
import picocli.CommandLine.Command;

/** The commands that start a broker in their own process. */
@Command(
    name = "tandem",
    mixinStandardHelpOptions = true,
    description = "Commands with an embedded Kafka broker.",
    subcommands = {KafkaCommand.class, UpCommand.class, DemoCommand.class, ChaosCommand.class})
public final class Main {

  Main() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] args) {
    System.exit(Cli.run(new Main(), args));
  }
}
