package dev.tandem.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  private static final List<String> KNOWN =
      List.of("kafka", "replay", "backfill", "status", "up", "http.port");

  @ParameterizedTest
  @CsvSource({"repaly,replay", "backfil,backfill", "Status,status", "http.prot,http.port"})
  void shouldFindTheNameWhenItIsMisspelt(String given, String meant) {
    assertThat(Nearest.to(given, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"x", "zzzzzz", "explode", "''"})
  void shouldFindNothingWhenNoNameIsNear(String given) {
    assertThat(Nearest.to(given, KNOWN)).isEmpty();
  }

  @Test
  void shouldTakeTheAlphabeticallyFirstWhenTwoAreEquallyNear() {
    assertThat(Nearest.to("cat", List.of("rat", "bat"))).contains("bat");
  }

  @Test
  void shouldReadAsTheEndingOfAMessage() {
    assertThat(Nearest.hint("repaly", KNOWN)).isEqualTo(" (did you mean replay?)");
    assertThat(Nearest.hint("zzzzzz", KNOWN)).isEmpty();
  }
}
