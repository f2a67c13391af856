package dev.tandem.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.core.TandemException;
import dev.tandem.core.config.Nearest;
import dev.tandem.core.config.Secrets;
import dev.tandem.core.kafka.Refusals;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a picocli command and turns whatever comes of it into an exit status and, on failure, one
 * line on standard error (of a wrong configuration one for each mistake): 0 done, 1 failed, 2 wrong
 * use. {@code --verbose} adds the stack trace. What was secret in the settings is hidden in both.
 */
public final class Cli {

  private static final String VERBOSE = "--verbose";

  private Cli() {}

  /** Runs {@code command} with the process's own output; {@code main} exits with the result. */
  public static int run(Object command, String... args) {
    return run(
        command,
        new PrintWriter(System.out, true, UTF_8),
        new PrintWriter(System.err, true, UTF_8),
        args);
  }

  /** Runs {@code command}, writing to {@code out} and {@code err}. */
  public static int run(Object command, PrintWriter out, PrintWriter err, String... args) {
    boolean verbose = Arrays.asList(args).contains(VERBOSE);
    return new CommandLine(command)
        .setOut(out)
        .setErr(err)
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((wrong, given) -> wrongParameter(wrong, err, verbose))
        .setExecutionStrategy(Cli::execute)
        .setExecutionExceptionHandler((failure, line, parsed) -> failed(failure, err, verbose))
        .execute(args);
  }

  private static int execute(ParseResult parsed) {
    List<CommandLine> lines = parsed.asCommandLineList();
    CommandLine leaf = lines.get(lines.size() - 1);
    Optional<CommonOptions> options = CommonOptions.of(leaf.getCommandSpec());
    if (options.filter(CommonOptions::explain).isEmpty() || leaf.isUsageHelpRequested()) {
      return new RunLast().execute(parsed);
    }
    try {
      Configuration configuration = options.get().configuration();
      leaf.getOut().print(configuration.explained());
      leaf.getOut().flush();
      configuration.checked();
      return 0;
    } catch (TandemException e) {
      throw new ExecutionException(leaf, e.getMessage(), e);
    }
  }

  private static int wrongParameter(ParameterException wrong, PrintWriter err, boolean verbose) {
    return causedByUs(wrong)
        .map(ours -> report(ours, ours.getMessage(), ours.exitCode(), err, verbose))
        .orElseGet(
            () ->
                report(
                    wrong,
                    oneLine(String.valueOf(wrong.getMessage()))
                        + nearest(wrong)
                        + see(wrong.getCommandLine()),
                    TandemException.WRONG_USE,
                    err,
                    verbose));
  }

  private static int failed(Throwable failure, PrintWriter err, boolean verbose) {
    return causedByUs(failure)
        .or(() -> Refusals.find(failure))
        .map(ours -> report(failure, ours.getMessage(), ours.exitCode(), err, verbose))
        .orElseGet(
            () ->
                report(
                    failure,
                    "unexpected: " + oneLine(failure.toString()) + hintVerbose(verbose),
                    TandemException.FAILED,
                    err,
                    verbose));
  }

  private static int report(
      Throwable failure, String message, int exitCode, PrintWriter err, boolean verbose) {
    Secrets.hide(message).lines().forEach(line -> err.println("tandem: " + line));
    if (verbose) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      err.print(Secrets.hide(trace.toString()));
    }
    err.flush();
    return exitCode;
  }

  /** The failure that we described, however deep an executor or a job wrapped it. */
  private static Optional<TandemException> causedByUs(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(50)
        .filter(TandemException.class::isInstance)
        .map(TandemException.class::cast)
        .findFirst();
  }

  private static String nearest(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      String given = unmatched.getUnmatched().get(0).split("=", 2)[0];
      return Nearest.hint(given, namesOf(wrong.getCommandLine(), given.startsWith("-")));
    }
    return "";
  }

  private static List<String> namesOf(CommandLine line, boolean options) {
    return options
        ? line.getCommandSpec().options().stream()
            .flatMap(option -> Arrays.stream(option.names()))
            .toList()
        : List.copyOf(line.getSubcommands().keySet());
  }

  private static String see(CommandLine line) {
    return "; see " + line.getCommandSpec().qualifiedName() + " --help";
  }

  private static String hintVerbose(boolean verbose) {
    return verbose ? "" : " (" + VERBOSE + " shows the stack trace)";
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
