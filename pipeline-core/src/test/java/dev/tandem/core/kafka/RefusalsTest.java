package dev.tandem.core.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.TandemException;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

/** However deep a client wraps it. */
class RefusalsTest {
  private static TandemException wrapped(Exception e) {
    return Refusals.of(new KafkaException("no", new ExecutionException(e)));
  }

  @Test
  void shouldNameTopicsAndGroupsThatAreForbidden() {
    TandemException topics = wrapped(new TopicAuthorizationException(Set.of("p.runs", "p.claims")));
    assertThat(topics)
        .hasMessageStartingWith(
            "Kafka does not let this user use topic p.claims, p.runs: grant it");
    assertThat(topics.exitCode()).isEqualTo(TandemException.FAILED);
    assertThat(wrapped(GroupAuthorizationException.forGroupId("tandem-p")))
        .hasMessageContaining("group tandem-p: grant it");
  }

  @Test
  void shouldBlameTheConfigurationWhereNobodyIsLetIn() {
    TandemException login = wrapped(new SaslAuthenticationException("invalid credentials"));
    assertThat(login).hasMessageContaining("(invalid credentials): correct sasl.mechanism, user");
    assertThat(login.exitCode()).isEqualTo(TandemException.WRONG_USE);
  }

  @Test
  void shouldTellWhatIsWrongWithACertificate() {
    assertThat(tls("unable to find valid certification path to requested target"))
        .hasMessageContaining("ssl.truststore.location");
    assertThat(tls("No subject alternative names matching IP address 10.0.0.1 found"))
        .hasMessageContaining("of another machine");
    assertThat(tls("Received fatal alert: bad_certificate"))
        .hasMessageContaining("ssl.keystore.location");
    assertThat(tls("anything else")).hasMessageContaining("no TLS with Kafka (anything else)");
  }

  private static TandemException tls(String why) {
    return wrapped(new SslAuthenticationException("no", new SSLHandshakeException(why)));
  }

  @Test
  void shouldLeaveOtherFailuresAsTheyAre() {
    assertThat(Refusals.find(new TimeoutException("late"))).isEmpty();
    assertThat(Refusals.of(new TimeoutException("late"))).hasMessage("Kafka refused: late");
  }
}
