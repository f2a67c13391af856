package dev.tandem.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.TandemException;
import dev.tandem.core.config.Flag;
import dev.tandem.core.config.Keys;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class CliTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Command(name = "tandem", subcommands = Work.class)
  private static final class Parent {}

  @Command(name = "work", description = "does some work")
  private static final class Work implements Callable<Integer>, Configured {

    @Mixin private CommonOptions common;

    @Option(names = "--fail")
    private String how = "";

    @Option(names = "--count")
    private int count;

    @Override
    public List<Flag> flags() {
      return List.of(new Flag("--parts", "partitions", "3"));
    }

    @Override
    public Integer call() throws Exception {
      switch (how) {
        case "failed" -> throw TandemException.failed("the disk is full: free some of it");
        case "wrapped" ->
            throw new ExecutionException(new RuntimeException(TandemException.wrongUse("no file")));
        case "bug" -> throw new IllegalStateException("two\nlines");
        default -> {
          return common.settings().get(Keys.PARTITIONS) + count;
        }
      }
    }
  }

  @Test
  void shouldReturnTheStatusOfTheCommand() {
    assertThat(run("work", "--count", "4", "--set", "partitions=9")).isEqualTo(7);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void shouldShowOneLineWhenTheCommandFails() {
    assertThat(run("work", "--fail", "failed")).isEqualTo(1);
    assertThat(err).hasToString(line("tandem: the disk is full: free some of it"));
  }

  @Test
  void shouldFindOurFailureWhenItIsWrapped() {
    assertThat(run("work", "--fail", "wrapped")).isEqualTo(2);
    assertThat(err).hasToString(line("tandem: no file"));
  }

  @Test
  void shouldPointToVerboseWhenTheFailureIsUnexpected() {
    assertThat(run("work", "--fail", "bug")).isEqualTo(1);
    assertThat(err)
        .hasToString(
            line(
                "tandem: unexpected: java.lang.IllegalStateException: two lines (--verbose shows"
                    + " the stack trace)"));
  }

  @Test
  void shouldShowTheStackTraceWhenVerbose() {
    assertThat(run("work", "--fail", "bug", "--verbose")).isEqualTo(1);
    assertThat(err.toString()).contains("at dev.tandem.core.cli.CliTest");
  }

  @Test
  void shouldNameTheNearestOptionWhenOneIsUnknown() {
    assertThat(run("work", "--bootsrap", "x:1")).isEqualTo(2);
    assertThat(err.toString()).contains("--bootsrap").contains("did you mean --bootstrap?");
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void shouldNameTheNearestCommandWhenOneIsUnknown() {
    assertThat(run("wrok")).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean work?");
  }

  @Test
  void shouldBeWrongUseWhenAValueIsOfTheWrongType() {
    assertThat(run("work", "--count", "many")).isEqualTo(2);
    assertThat(err.toString()).contains("--count").contains("many");
  }

  @Test
  void shouldBeWrongUseWhenASettingIsUnknown() {
    assertThat(run("work", "--set", "partition=9")).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean partitions?");
  }

  @Test
  void shouldExplainTheOptionsWhenHelpIsAsked() {
    assertThat(run("work", "--help")).isZero();
    assertThat(out.toString()).contains("Usage: tandem work").contains("--set=KEY=VALUE");
  }

  private int run(String... args) {
    return Cli.run(new Parent(), new PrintWriter(out), new PrintWriter(err), args);
  }

  private static String line(String text) {
    return text + System.lineSeparator();
  }
}
