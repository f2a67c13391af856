package dev.tandem.replay.http;

import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a connection failed, in words: the JDK's client often says no more than a class. */
public final class Failures {
  private static final int DEEPEST = 10;

  private Failures() {}

  /** The refusal of a server, wherever in the causes it is; null where there is none. */
  public static @Nullable Refused refusal(@Nullable Throwable failure) {
    Throwable t = failure;
    for (int i = 0; t != null && i < DEEPEST; i++) {
      if (t instanceof Refused refused) {
        return refused;
      }
      t = t.getCause();
    }
    return null;
  }

  /** What happened, for a person to read. */
  public static String text(@Nullable Throwable failure) {
    String text = "the connection broke off";
    Throwable t = failure;
    for (int i = 0; t != null && i < DEEPEST; i++) {
      if (t instanceof UnresolvedAddressException) {
        return "no such host is known here";
      }
      String message = String.valueOf(t.getMessage());
      boolean says = !message.isBlank() && !message.equals("null");
      if (t instanceof SSLException && says) {
        return "no secure connection: " + message;
      } else if (t instanceof ConnectException) {
        text = says ? "no connection: " + message : "no connection";
      } else if (says && !message.startsWith("java.")) {
        text = message;
      }
      t = t.getCause();
    }
    return text;
  }
}
