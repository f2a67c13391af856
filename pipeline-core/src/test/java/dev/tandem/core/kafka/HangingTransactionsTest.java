package dev.tandem.core.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.kafka.HangingTransactions.Hanging;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What is seen for a moment, while a coordinator starts, is none. */
class HangingTransactionsTest {
  private static final Hanging HANGING = hanging(7);

  private static Hanging hanging(long offset) {
    return new Hanging(new TopicPartition("p.events", 0), 11, 2, offset);
  }

  private static HangingTransactions hangingTransactions(Admin admin) {
    return new HangingTransactions(admin, new Topics("p"));
  }

  private static Admin nowhere() {
    return Admin.create(new HashMap<>(Map.of("bootstrap.servers", "127.0.0.1:1")));
  }

  @Test
  void shouldNameOneThatIsThereAtFourLooksInARow() {
    try (Admin admin = nowhere()) {
      HangingTransactions transactions = hangingTransactions(admin);
      for (int look = 1; look <= 3; look++) {
        assertThat(transactions.repeated(Set.of(HANGING, hanging(look)))).isEmpty();
      }
      assertThat(transactions.repeated(Set.of(HANGING, hanging(8)))).isEqualTo(List.of(HANGING));
    }
  }

  @Test
  void shouldBeginAgainWhenItWasNotThereOnce() {
    try (Admin admin = nowhere()) {
      HangingTransactions transactions = hangingTransactions(admin);
      for (int look = 1; look <= 3; look++) {
        assertThat(transactions.repeated(Set.of(HANGING))).isEmpty();
      }
      assertThat(transactions.repeated(Set.of())).isEmpty();
      assertThat(transactions.repeated(Set.of(HANGING))).isEmpty();
    }
  }
}
