package dev.tandem.streams.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.TandemException;
import dev.tandem.core.config.Problems;
import dev.tandem.core.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
  private static final String TOKEN = "0123456789abcdef";

  @TempDir private Path home;

  private Settings settings(Map<String, String> flags) throws Exception {
    Path config = Files.createDirectories(home.resolve("config"));
    return Settings.load(home, config, new HashMap<>(flags), Map.of());
  }

  private List<String> problems(Map<String, String> flags) throws Exception {
    Problems problems = new Problems();
    Access.check(settings(flags), problems);
    return problems.lines();
  }

  @Test
  void shouldLetAnybodyOfThisMachineAskUnlessToldOtherwise() throws Exception {
    assertThat(problems(Map.of())).isEmpty();
    assertThat(problems(Map.of("http.host", "::1"))).isEmpty();
    assertThat(Access.of(settings(Map.of()))).isEqualTo(Access.OPEN);
  }

  @Test
  void shouldRefuseToListenBeyondThisMachineWithoutATokenOrAWord() throws Exception {
    assertThat(problems(Map.of("http.host", "0.0.0.0")))
        .singleElement()
        .asString()
        .contains("http.host = 0.0.0.0", "http.token.file", "http.open=true");
    assertThat(problems(Map.of("http.host", "0.0.0.0", "http.open", "true"))).isEmpty();
    assertThat(problems(Map.of("http.host", "0.0.0.0", "http.token", TOKEN))).isEmpty();
  }

  @Test
  void shouldReadTheTokenOfAFileWithoutItsLineEnd() throws Exception {
    Files.writeString(home.resolve("token"), TOKEN + "\n");
    Access access = Access.of(settings(Map.of("http.token.file", "token")));
    assertThat(access.token().orElseThrow().isInHeader("Bearer " + TOKEN)).isTrue();
  }

  @Test
  void shouldSayWhatIsWrongWithATokenAndNotSayTheToken() throws Exception {
    assertThat(problems(Map.of("http.token", "short-secret")))
        .singleElement()
        .asString()
        .contains("at least 16", "openssl rand -hex 32")
        .doesNotContain("short-secret");
    assertThat(problems(Map.of("http.token.file", "missing")))
        .singleElement()
        .asString()
        .contains("missing", "cannot be read");
    assertThat(problems(Map.of("http.token", TOKEN, "http.token.file", "token")))
        .singleElement()
        .asString()
        .contains("keep one of them");
  }

  @Test
  void shouldNameAKeystoreThatCannotBeUsed() throws Exception {
    Files.writeString(home.resolve("key.p12"), "no keystore");
    Settings settings = settings(Map.of("http.tls.keystore", "key.p12"));
    assertThatThrownBy(() -> Access.of(settings))
        .isInstanceOf(TandemException.class)
        .hasMessageContainingAll("key.p12", "http.tls.keystore.password");
  }
}
