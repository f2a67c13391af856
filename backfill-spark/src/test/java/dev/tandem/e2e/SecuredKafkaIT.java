package dev.tandem.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole system over TLS and SCRAM: every part logs in as a user of its own and has the rights
 * that the documentation lists for it, no others.
 */
class SecuredKafkaIT {
  private static final String PASSWORD = "password-of-the-parts";
  private static final List<String> USERS =
      List.of("tandem-admin", "tandem-app", "tandem-replay", "tandem-backfill", "tandem-reader");
  private static final Duration READY = Duration.ofSeconds(120);

  @TempDir Path folder;
  private SecuredBroker broker;
  private final StringBuilder outputs = new StringBuilder();
  private final Map<String, Path> configs = new LinkedHashMap<>();

  @Test
  void shouldWorkWithNoMoreRightsThanAreDocumented() throws Exception {
    try (TokenIssuer issuer = new TokenIssuer();
        SecuredBroker secured = SecuredBroker.sasl(folder, issuer)) {
      broker = secured;
      broker.addUsers(ScramMechanism.SCRAM_SHA_512, PASSWORD, USERS);
      for (String user : USERS) {
        configs.put(user, broker.config(user, broker.saslLines("SCRAM-SHA-512", user, PASSWORD)));
      }
      List<AclBinding> list = granted();
      run(0, "tandem-admin", "topics", "create", "-p", "biketown");
      work();
      Set<AuditedAuthorizer.Use> uses = AuditedAuthorizer.allowed();
      assertThat(list)
          .filteredOn(line -> !AccessList.isRare(line) && !AccessList.isUsed(line, uses))
          .as("rights that nobody used")
          .isEmpty();
      mayNot();
      assertThat(outputs.toString()).doesNotContain(PASSWORD);
    }
  }

  private List<AclBinding> granted() throws Exception {
    AccessList.grant(broker, "biketown");
    try (Admin root = broker.root()) {
      List<AclBinding> list = List.copyOf(root.describeAcls(AclBindingFilter.ANY).values().get());
      assertThat(list)
          .extracting(line -> line.entry().principal().replace("User:", ""))
          .containsOnlyElementsOf(USERS);
      return list;
    }
  }

  private void work() throws Exception {
    Path history = folder.resolve("history");
    TandemProcess.run(
        0,
        "generate",
        "-p",
        "biketown",
        "--events",
        "4000",
        "--seed",
        "7",
        "--out",
        history.toString());
    String files = history.toString();
    try (TandemProcess app =
        TandemProcess.start(as("tandem-app", "up", "-p", "biketown", "--port", "0"))) {
      String url = app.await("ready: (http\\S+)", READY);
      run(0, "tandem-replay", "replay", "-p", "biketown", "--to", "2016-09-01", files);
      run(0, "tandem-replay", "rejected", "-p", "biketown", "--replay");
      run(0, "tandem-backfill", "backfill", "-p", "biketown", "--files", files);
      assertThat(run(0, "tandem-reader", "verify", "-p", "biketown", "--files", files))
          .contains(", 0 different, 0 moving");
      assertThat(run(0, "tandem-reader", "status", "-p", "biketown", "--url", url))
          .contains("balanced", "committed");
      assertThat(run(0, "tandem-app", "up", "-p", "biketown", "--explain-config"))
          .contains("kafka.sasl.jaas.config", "[hidden]");
      outputs.append(app.output());
    }
  }

  /** What a part may not do it does not do, and says so in a line. */
  private void mayNot() throws Exception {
    String files = folder.resolve("history").toString();
    assertLine(
        run(1, "tandem-reader", "replay", "-p", "biketown", files),
        "tandem: .*does not let this user use its transactional id.*docs/security.md.*");
    assertLine(
        run(1, "tandem-replay", "topics", "describe", "-p", "citibike"),
        "tandem: Kafka does not let this user use topic citibike.*docs/security.md.*");
    configs.put(
        "stranger",
        broker.config("stranger", broker.saslLines("SCRAM-SHA-512", "tandem-app", "forgotten")));
    assertLine(
        run(2, "stranger", "up", "-p", "biketown", "--port", "0"),
        "tandem: Kafka at \\S+: Kafka refused the login.*sasl.jaas.config");
    configs.put("plain", broker.config("plain", List.of("security.protocol=PLAINTEXT")));
    assertLine(
        run(2, "plain", "topics", "describe", "-p", "biketown"),
        "tandem: Kafka at \\S+ does not answer: it speaks TLS.*");
  }

  /** One line of an error; commands say before it what they begin and wait for. */
  private static void assertLine(String output, String expected) {
    List<String> lines =
        output.lines().filter(line -> !line.matches("(starting|waiting for Kafka) .*")).toList();
    assertThat(lines).as(output).hasSize(1);
    assertThat(lines.get(0)).matches(expected);
  }

  private String run(int status, String user, String... arguments) throws Exception {
    String output = TandemProcess.run(status, as(user, arguments));
    outputs.append(output);
    return output;
  }

  private String[] as(String user, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", configs.get(user).toString()));
    all.addAll(List.of("--bootstrap", broker.bootstrap()));
    all.addAll(List.of("--set", "state.dir=" + folder.resolve("state-" + user)));
    return all.toArray(String[]::new);
  }
}
