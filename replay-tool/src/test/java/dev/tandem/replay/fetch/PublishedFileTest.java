package dev.tandem.replay.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedFileTest {

  @ParameterizedTest
  @CsvSource({
    "https://a.org/{yyyy}_{MM}.csv, https://a.org/2017_03.csv, 2017_03.csv",
    "https://a.org/t/JC-{yyyy}{MM}-trips.csv.gz?v=1, https://a.org/t/JC-201703-trips.csv.gz?v=1,"
        + " JC-201703-trips.csv.gz",
    "https://a.org/{yyyy}/{MM}/trips.csv, https://a.org/2017/03/trips.csv, 2017-03_trips.csv",
    "https://a.org/get?m={yyyy}-{MM}, https://a.org/get?m=2017-03, 2017-03_get",
  })
  void shouldGiveEachMonthAFileOfItsOwn(String template, String uri, String name) {
    assertThat(PublishedFile.of(template, YearMonth.of(2017, 3)))
        .isEqualTo(new PublishedFile(YearMonth.of(2017, 3), URI.create(uri), name));
  }

  @Test
  void shouldCountMonthsOverTheYear() {
    assertThat(Months.parse("2016-07..2018-03").all())
        .hasSize(21)
        .startsWith(YearMonth.of(2016, 7))
        .endsWith(YearMonth.of(2018, 3));
    assertThat(Months.parse("2016-07").all()).containsExactly(YearMonth.of(2016, 7));
  }
}
