package dev.tandem.replay;

import dev.tandem.core.cli.Cli;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;

/** What a command printed, and how it ended. */
public record Console(int status, String out, String err) {
  public static Console run(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = Stream.of(args).map(Object::toString).toArray(String[]::new);
    int status = Cli.run(new Main(), new PrintWriter(out), new PrintWriter(err), texts);
    return new Console(status, out.toString(), err.toString());
  }
}
