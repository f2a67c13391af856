package dev.tandem.replay.live;

import dev.tandem.core.TandemException;
import dev.tandem.core.config.Secrets;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a stream wants to know of who asks: HTTP headers, taken from the environment alone, since
 * any user of the machine can read a command line.
 */
public final class Credentials {
  /** Sent as {@code Authorization: Bearer}. */
  static final String TOKEN = "TANDEM_INGEST_TOKEN";

  /** Its rest is a header's name, with {@code _} for {@code -}. */
  static final String HEADER = "TANDEM_INGEST_HEADER_";

  private final Map<String, String> headers;

  private Credentials(Map<String, String> headers) {
    this.headers = headers;
  }

  /**
   * Takes what is there for a server.
   *
   * @throws TandemException of wrong use for a value that cannot stand in a header, and where the
   *     headers would travel in the clear
   */
  public static Credentials of(Map<String, String> environment, URI address) {
    Map<String, String> headers = new TreeMap<>();
    environment.forEach(
        (variable, value) -> {
          if (value.isBlank()) {
            return;
          }
          if (variable.equals(TOKEN)) {
            headers.put("authorization", "Bearer " + secret(variable, value));
          } else if (variable.startsWith(HEADER) && variable.length() > HEADER.length()) {
            String name = variable.substring(HEADER.length()).toLowerCase(Locale.ROOT);
            headers.put(name.replace('_', '-'), secret(variable, value));
          }
        });
    boolean open = address.getScheme().equals("ws") || address.getScheme().equals("http");
    if (open && !headers.isEmpty() && !isThisMachine(address.getHost())) {
      throw TandemException.wrongUse(
          "%s has no TLS, and everybody on the way could read the secrets of TANDEM_INGEST_*: use %ss, or unset them"
              .formatted(LiveStream.name(address), address.getScheme()));
    }
    return new Credentials(Map.copyOf(headers));
  }

  private static String secret(String variable, String value) {
    String secret = value.strip();
    Secrets.keep(secret);
    if (!secret.chars().allMatch(c -> c >= ' ' && c < 127)) {
      throw TandemException.wrongUse(
          variable + " holds more than a line of ASCII: set it to the token or value alone");
    }
    return secret;
  }

  Map<String, String> headers() {
    return headers;
  }

  private static boolean isThisMachine(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
