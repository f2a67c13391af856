package dev.tandem.streams.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.streams.access.Identity;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionLimit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where connections come in, and what one of them may cost: so many at a time, so many bytes of
 * head, so long without a byte. A slow head holds a connection, never a thread.
 */
final class Connector {
  /** Request line and headers, and so the URI, in bytes. */
  private static final int MAX_HEAD = 16 << 10;

  private static final int MAX_CONNECTIONS = 512;
  private static final long IDLE_MILLIS = 30_000;

  private Connector() {}

  static ServerConnector of(
      Server server, HttpConfiguration http, Optional<Identity> identity, String host, int port) {
    http.setRequestHeaderSize(MAX_HEAD);
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    ServerConnector connector =
        identity
            .map(i -> secure(server, http, i))
            .orElseGet(() -> new ServerConnector(server, new HttpConnectionFactory(http)));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addBean(new ConnectionLimit(MAX_CONNECTIONS, connector));
    return connector;
  }

  private static ServerConnector secure(Server server, HttpConfiguration http, Identity identity) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(identity.store());
    tls.setKeyStorePassword(identity.password());
    tls.setKeyManagerPassword(identity.password());
    tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    // Whatever name a client knows this machine by; the client checks the certificate.
    http.addCustomizer(new SecureRequestCustomizer(false));
    return new ServerConnector(
        server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
  }

  /** Answers what never reaches a handler, such as bytes that are no HTTP, in our own form. */
  static final class Errors extends ErrorHandler {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      int status = response.getStatus();
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      response.getHeaders().put("X-Content-Type-Options", "nosniff");
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
      String text = JSON.createObjectNode().put("error", HttpStatus.getMessage(status)).toString();
      Content.Sink.write(response, true, text, callback);
      return true;
    }

    @Override
    public ByteBuffer badMessageError(
        int status, @Nullable String reason, org.eclipse.jetty.http.HttpFields.Mutable fields) {
      return ByteBuffer.allocate(0);
    }
  }
}
