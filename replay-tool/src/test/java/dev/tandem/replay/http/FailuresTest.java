package dev.tandem.replay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpHeaders;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class FailuresTest {

  private static Throwable caused(Throwable failure, Throwable cause) {
    failure.initCause(cause);
    return failure;
  }

  /** As the JDK's client throws it. */
  @Test
  void shouldSayThatAHostIsNotKnown() {
    Throwable connect = caused(new ConnectException(), new UnresolvedAddressException());
    assertThat(Failures.text(new IOException(null, caused(new ConnectException(), connect))))
        .isEqualTo("no such host is known here");
  }

  @Test
  void shouldSayWhatTheCauseSays() {
    assertThat(Failures.text(new IOException(new ConnectException("Connection refused"))))
        .isEqualTo("no connection: Connection refused");
    assertThat(Failures.text(caused(new SSLHandshakeException("expired"), new IOException("x"))))
        .isEqualTo("no secure connection: expired");
    assertThat(Failures.text(new IOException("EOF reached while reading")))
        .isEqualTo("EOF reached while reading");
    assertThat(Failures.text(new IOException())).isEqualTo("the connection broke off");
    assertThat(Failures.text(null)).isEqualTo("the connection broke off");
  }

  @Test
  void shouldFindTheRefusalOfAServer() {
    Refused refused = new Refused(503, HttpHeaders.of(Map.of(), (a, b) -> true));
    assertThat(Failures.refusal(new IOException(new IllegalStateException(refused))))
        .isSameAs(refused);
    assertThat(Failures.refusal(new IOException("other"))).isNull();
  }
}
