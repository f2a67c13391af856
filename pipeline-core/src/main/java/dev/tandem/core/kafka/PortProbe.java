package dev.tandem.core.kafka;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Finds out by trying whether a port speaks TLS. A client that speaks the other language is told
 * nothing by Kafka: its connections are closed, again and again.
 */
enum PortProbe {
  NOTHING_LISTENS,
  TLS,
  /** It took the beginning of a TLS handshake for nonsense. */
  NO_TLS,
  UNKNOWN;

  private static final int PATIENCE_MILLIS = 2_000;

  /**
   * @param bootstrap {@code HOST:PORT[,HOST:PORT]}, of which the first is asked
   */
  static PortProbe ask(String bootstrap) {
    String first = bootstrap.split(",", 2)[0].strip();
    int colon = first.lastIndexOf(':');
    try {
      String host = first.substring(0, colon).replaceAll("^\\[|]$", "");
      return ask(new InetSocketAddress(host, Integer.parseInt(first.substring(colon + 1))));
    } catch (IllegalArgumentException | IndexOutOfBoundsException noAddress) {
      return UNKNOWN;
    }
  }

  private static PortProbe ask(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      try {
        socket.connect(address, PATIENCE_MILLIS);
      } catch (IOException refused) {
        return NOTHING_LISTENS;
      }
      socket.setSoTimeout(PATIENCE_MILLIS);
      return handshake(socket, address);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /** Whom to trust is no question here: who has a certificate to show speaks TLS. */
  private static PortProbe handshake(Socket socket, InetSocketAddress address) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    try (SSLSocket tls =
        (SSLSocket)
            factory.createSocket(socket, address.getHostString(), address.getPort(), true)) {
      tls.startHandshake();
      return TLS;
    } catch (SocketTimeoutException e) {
      return UNKNOWN;
    } catch (SSLException e) {
      String why = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
      boolean nonsense = e.getCause() instanceof EOFException || why.contains("unrecognized");
      return nonsense ? NO_TLS : TLS;
    } catch (EOFException | SocketException closed) {
      return NO_TLS;
    }
  }
}
