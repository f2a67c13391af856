package dev.tandem.replay.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import dev.tandem.core.config.Secrets;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CredentialsTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "TANDEM_INGEST_TOKEN", " tok-3n \n",
          "TANDEM_INGEST_HEADER_X_API_KEY", "k3y-of-mine",
          "TANDEM_INGEST_HEADER_EMPTY", "",
          "PATH", "/bin");

  @Test
  void shouldSendWhatTheEnvironmentHolds() {
    assertThat(Credentials.of(ENVIRONMENT, URI.create("wss://a.org/")).headers())
        .isEqualTo(Map.of("authorization", "Bearer tok-3n", "x-api-key", "k3y-of-mine"));
    assertThat(Credentials.of(Map.of(), URI.create("ws://a.org/")).headers()).isEmpty();
  }

  @Test
  void shouldHideThemInWhateverIsSaid() {
    Credentials.of(ENVIRONMENT, URI.create("wss://a.org/"));
    assertThat(Secrets.hide("refused tok-3n with k3y-of-mine"))
        .doesNotContain("tok-3n", "k3y-of-mine");
  }

  @Test
  void shouldNotSendThemInTheClearToOtherMachines() {
    assertThatThrownBy(() -> Credentials.of(ENVIRONMENT, URI.create("http://192.0.2.1/s?a=b")))
        .isInstanceOf(TandemException.class)
        .hasMessageContaining("http://192.0.2.1/s has no TLS")
        .hasMessageContaining("use https");
    assertThat(Credentials.of(ENVIRONMENT, URI.create("http://127.0.0.1:81/")).headers())
        .hasSize(2);
  }

  @Test
  void shouldRefuseWhatCannotStandInAHeader() {
    assertThatThrownBy(
            () ->
                Credentials.of(
                    Map.of("TANDEM_INGEST_TOKEN", "one\ntwo"), URI.create("wss://a.org/")))
        .isInstanceOf(TandemException.class)
        .hasMessageContaining("TANDEM_INGEST_TOKEN holds more than a line")
        .hasMessageNotContaining("two");
  }
}
