package dev.tandem.streams.access;

import dev.tandem.core.TandemException;
import dev.tandem.core.config.Keys;
import dev.tandem.core.config.Problems;
import dev.tandem.core.config.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the HTTP API is protected: the same for the server, for other instances that ask it, and for
 * the commands {@code query} and {@code status}.
 *
 * @param token that who asks must know; empty: anybody may ask
 * @param identity the server's key and certificate; empty: HTTP without TLS
 */
public record Access(Optional<Token> token, Optional<Identity> identity) {
  /** Anybody may ask, without TLS. */
  public static final Access OPEN = new Access(Optional.empty(), Optional.empty());

  /**
   * @throws TandemException wrong use: a token or keystore that cannot be used
   */
  public static Access of(Settings settings) {
    return new Access(token(settings), identity(settings));
  }

  /** Adds what is wrong, and that others could ask although nothing says who may. */
  public static void check(Settings settings, Problems problems) {
    Optional<Access> access = problems.collect(() -> of(settings));
    String host = settings.get(Keys.HTTP_HOST);
    if (access.isPresent()
        && access.get().token().isEmpty()
        && !isLoopback(host)
        && !settings.get(Keys.HTTP_OPEN)) {
      problems.add(
          "http.host = %s (%s): other machines could read everything: set http.token.file (or TANDEM_HTTP_TOKEN), or http.open=true where something else keeps strangers out"
              .formatted(host, settings.origin(Keys.HTTP_HOST)));
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static Optional<Token> token(Settings settings) {
    Optional<String> given = settings.get(Keys.HTTP_TOKEN);
    Optional<Path> file = settings.get(Keys.HTTP_TOKEN_FILE).map(settings.home()::resolve);
    if (given.isPresent() && file.isPresent()) {
      throw TandemException.wrongUse(
          "http.token (%s) and http.token.file (%s): keep one of them"
              .formatted(settings.origin(Keys.HTTP_TOKEN), settings.origin(Keys.HTTP_TOKEN_FILE)));
    }
    return given
        .map(text -> Token.of(text, settings.origin(Keys.HTTP_TOKEN)))
        .or(() -> file.map(path -> Token.of(read(path), path.toString())));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw TandemException.wrongUse(
          "http.token.file = %s: cannot be read: correct the path or its permissions"
              .formatted(file),
          e);
    }
  }

  private static Optional<Identity> identity(Settings settings) {
    return settings
        .get(Keys.HTTP_TLS_KEYSTORE)
        .map(settings.home()::resolve)
        .map(path -> Identity.load(path, settings.get(Keys.HTTP_TLS_PASSWORD).orElse("")));
  }

  /** {@code http} or {@code https}. */
  public String scheme() {
    return identity.isPresent() ? "https" : "http";
  }

  /** A client that trusts the same certificate, beside those that Java trusts. */
  public HttpClient.Builder client() {
    HttpClient.Builder builder = HttpClient.newBuilder();
    identity.ifPresent(i -> builder.sslContext(i.trusting()));
    return builder;
  }

  /** A question with the token that answers it. */
  public HttpRequest.Builder authorize(HttpRequest.Builder request) {
    token.ifPresent(t -> request.header("Authorization", t.header()));
    return request;
  }
}
