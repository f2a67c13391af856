package dev.tandem.replay.meter;

import java.io.Console;

/** Whether a person looks at the output as it comes. */
final class Terminal {
  private Terminal() {}

  static boolean isThere() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // Since Java 22 there is a console also where there is no terminal; this method tells.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException olderJava) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
