package dev.tandem.core.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a port that speaks TLS says is seen with a real broker. */
class PortProbeTest {
  /** Answers whoever connects, once. */
  private static PortProbe asked(byte[] answer) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread thread =
          new Thread(
              () -> {
                try (Socket socket = server.accept()) {
                  socket.getInputStream().read();
                  socket.getOutputStream().write(answer);
                } catch (IOException closed) {
                  // The probe sees no answer.
                }
              });
      thread.start();
      PortProbe found = PortProbe.ask("127.0.0.1:" + server.getLocalPort() + ",other:1");
      thread.join();
      return found;
    }
  }

  @Test
  void shouldTellAPortThatClosesOrAnswersInAnotherLanguage() throws Exception {
    assertThat(asked(new byte[0])).isEqualTo(PortProbe.NO_TLS);
    assertThat(asked(new byte[] {'H', 'T', 'T', 'P', '/', '1', '.', '1'}))
        .isEqualTo(PortProbe.NO_TLS);
  }

  /** A handshake that is refused is one. */
  @Test
  void shouldTellTlsByItsAlerts() throws Exception {
    byte[] handshakeFailure = {21, 3, 3, 0, 2, 2, 40};
    assertThat(asked(handshakeFailure)).isEqualTo(PortProbe.TLS);
  }

  @Test
  void shouldTellWhereNobodyListens() throws IOException {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    assertThat(PortProbe.ask("127.0.0.1:" + port)).isEqualTo(PortProbe.NOTHING_LISTENS);
    assertThat(PortProbe.ask("no port")).isEqualTo(PortProbe.UNKNOWN);
  }

  @Test
  void shouldSayWhichPropertyDoesNotFitThePort() {
    SpokenProtocol inVain = new SpokenProtocol(Map.of(), PortProbe.TLS);
    assertThat(inVain.neverAnswers()).isTrue();
    assertThat(inVain.remedy()).contains("security.protocol is PLAINTEXT", "SASL_SSL");
    SpokenProtocol late =
        new SpokenProtocol(Map.of("security.protocol", "sasl_ssl"), PortProbe.NO_TLS);
    assertThat(late.neverAnswers()).isFalse();
    assertThat(late.remedy()).contains("does not speak TLS", "SASL_SSL");
    assertThat(new SpokenProtocol(Map.of(), PortProbe.NOTHING_LISTENS).remedy())
        .contains("./tandem kafka");
  }
}
