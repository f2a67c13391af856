package dev.tandem.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.core.TandemException;
import dev.tandem.core.config.Settings;
import dev.tandem.core.kafka.KafkaConnection;
import dev.tandem.core.kafka.TopicAdmin;
import dev.tandem.core.kafka.TopicReader;
import dev.tandem.core.kafka.Topics;
import dev.tandem.localkafka.LocalKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way to log in, from lines of {@code kafka.properties}; and what is said when it fails. */
class KafkaLoginIT {
  private static final String PASSWORD = "password-of-users";
  private static final Duration WAIT = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofSeconds(3);

  @TempDir static Path folder;
  private static TokenIssuer issuer;
  private static SecuredBroker broker;

  @BeforeAll
  static void start() throws Exception {
    issuer = new TokenIssuer();
    broker = SecuredBroker.sasl(folder.resolve("sasl"), issuer);
    broker.addUsers(ScramMechanism.SCRAM_SHA_256, PASSWORD, List.of("scram256", "nobody"));
    broker.addUsers(ScramMechanism.SCRAM_SHA_512, PASSWORD, List.of("scram512"));
    try (Admin root = broker.root()) {
      mayDoAll(root, "scram256", "scram512", TokenIssuer.CLIENT);
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
    issuer.close();
  }

  private static void mayDoAll(Admin root, String... users) throws Exception {
    ResourcePattern topics =
        new ResourcePattern(ResourceType.TOPIC, "biketown.", PatternType.PREFIXED);
    List<AclBinding> bindings = new ArrayList<>();
    for (String user : users) {
      bindings.add(
          new AclBinding(
              topics,
              new AccessControlEntry(
                  "User:" + user, "*", AclOperation.ALL, AclPermissionType.ALLOW)));
    }
    root.createAcls(bindings).all().get();
  }

  private static Map<String, String> kafka(Path config, String bootstrap) {
    return Settings.load(folder, config, Map.of("bootstrap", bootstrap), Map.of()).kafka();
  }

  /** Makes topics, describes them, writes a record and reads it. */
  private static void use(Path config, String bootstrap) throws Exception {
    Map<String, String> kafka = kafka(config, bootstrap);
    Topics topics = new Topics("biketown");
    try (Admin admin = KafkaConnection.connect(kafka, WAIT, line -> {})) {
      TopicAdmin pipeline = new TopicAdmin(admin, topics);
      pipeline.create(1);
      assertThat(pipeline.check()).isEqualTo(1);
    }
    byte[] value = String.valueOf(config.getFileName()).getBytes(UTF_8);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            new HashMap<>(kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topics.events(), value)).get();
    }
    List<byte[]> read = new ArrayList<>();
    try (TopicReader reader = new TopicReader(kafka)) {
      reader.readAll(topics.events(), record -> read.add(record.value()));
    }
    assertThat(read).contains(value);
  }

  private static void refuse(int status, List<String> message, Path config, String bootstrap) {
    long began = System.nanoTime();
    TandemException refusal =
        catchThrowableOfType(
            TandemException.class,
            () -> {
              try (Admin admin =
                  KafkaConnection.connect(kafka(config, bootstrap), SHORT, line -> {})) {
                new TopicAdmin(admin, new Topics("biketown")).check();
              }
            });
    assertThat(refusal).isNotNull();
    System.out.printf("%.1f s: %s%n", (System.nanoTime() - began) / 1e9, refusal.getMessage());
    assertThat(refusal.getMessage()).contains(message).doesNotContain("\n", PASSWORD);
    assertThat(refusal.exitCode()).isEqualTo(status);
  }

  @Test
  void shouldLogInByPlain() throws Exception {
    use(
        broker.config("plain", broker.saslLines("PLAIN", "root", SecuredBroker.ROOT_PASSWORD)),
        broker.bootstrap());
  }

  @Test
  void shouldLogInByScram() throws Exception {
    for (int bits : List.of(256, 512)) {
      List<String> lines = broker.saslLines("SCRAM-SHA-" + bits, "scram" + bits, PASSWORD);
      use(broker.config("scram" + bits, lines), broker.bootstrap());
    }
  }

  /** The address of the tokens is in the properties alone, and in no flag of the JVM. */
  @Test
  void shouldLogInByATokenOfAnOauthServer() throws Exception {
    use(broker.config("oauth", oauthLines(TokenIssuer.SECRET)), broker.bootstrap());
  }

  private static List<String> oauthLines(String secret) {
    return List.of(
        "security.protocol=SASL_SSL",
        "sasl.mechanism=OAUTHBEARER",
        "sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule"
            + " required;",
        "sasl.login.callback.handler.class=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
        "sasl.oauthbearer.token.endpoint.url=" + issuer.tokens(),
        "sasl.oauthbearer.client.credentials.client.id=" + TokenIssuer.CLIENT,
        "sasl.oauthbearer.client.credentials.client.secret=" + secret);
  }

  @Test
  void shouldLogInByACertificateAndRefuseWhoHasNone() throws Exception {
    Certificate client = Certificate.make(folder.resolve("mtls"), "certified");
    try (SecuredBroker mutual = SecuredBroker.mutualTls(folder.resolve("mtls"), client)) {
      List<String> none = List.of("security.protocol=SSL");
      List<String> certified = new ArrayList<>(none);
      certified.add("ssl.keystore.type=PKCS12");
      certified.add("ssl.keystore.location=" + client.keystore());
      certified.add("ssl.keystore.password=" + Certificate.PASSWORD);
      try (Admin root =
          KafkaConnection.connect(
              kafka(mutual.config("root", rootLines()), mutual.bootstrap()), WAIT, line -> {})) {
        mayDoAll(root, "certified");
      }
      use(mutual.config("certified", certified), mutual.bootstrap());
      refuse(
          TandemException.WRONG_USE,
          List.of(mutual.bootstrap(), "ssl.keystore.location"),
          mutual.config("none", none),
          mutual.bootstrap());
    }
  }

  private static List<String> rootLines() {
    return List.of(
        "security.protocol=SSL",
        "ssl.keystore.type=PKCS12",
        "ssl.keystore.location=" + folder.resolve("mtls/root.p12"),
        "ssl.keystore.password=" + Certificate.PASSWORD);
  }

  @Test
  void shouldSayThatPasswordMechanismOrSecretAreWrong() throws Exception {
    refuse(
        TandemException.WRONG_USE,
        List.of(broker.bootstrap(), "refused the login", "sasl.jaas.config"),
        broker.config("wrong", broker.saslLines("SCRAM-SHA-512", "scram512", "not-" + PASSWORD)),
        broker.bootstrap());
    refuse(
        TandemException.WRONG_USE,
        List.of("refused the login", "sasl.mechanism"),
        broker.config("other", broker.saslLines("SCRAM-SHA-512", "nobody", PASSWORD)),
        broker.bootstrap());
    refuse(
        TandemException.WRONG_USE,
        List.of(broker.bootstrap(), "401", "config/kafka.properties"),
        broker.config("stranger", oauthLines("not-the-secret")),
        broker.bootstrap());
  }

  @Test
  void shouldNameTheTopicThatAUserMayNotUse() throws Exception {
    refuse(
        TandemException.FAILED,
        List.of("topic biketown.", "docs/security.md"),
        broker.config("nobody", broker.saslLines("SCRAM-SHA-256", "nobody", PASSWORD)),
        broker.bootstrap());
  }

  @Test
  void shouldSayThatTheBrokersCertificateIsNotTrusted() throws Exception {
    Certificate other = Certificate.make(folder.resolve("other"), "other");
    List<String> lines = broker.saslLines("SCRAM-SHA-512", "scram512", PASSWORD);
    refuse(
        TandemException.WRONG_USE,
        List.of(broker.bootstrap(), "not trusted", "ssl.truststore.location"),
        broker.config("trusts-other", lines, other),
        broker.bootstrap());
  }

  @Test
  void shouldSayWhoSpeaksTlsAndWhoDoesNot() throws Exception {
    refuse(
        TandemException.WRONG_USE,
        List.of(broker.bootstrap(), "it speaks TLS", "PLAINTEXT"),
        broker.config("plaintext", List.of("security.protocol=PLAINTEXT")),
        broker.bootstrap());
    try (LocalKafka plain = LocalKafka.start(LocalKafka.Config.in(folder.resolve("plaintext")))) {
      refuse(
          TandemException.FAILED,
          List.of(plain.bootstrap(), "does not speak TLS", "SASL_SSL"),
          broker.config("tls", broker.saslLines("SCRAM-SHA-512", "scram512", PASSWORD)),
          plain.bootstrap());
    }
  }
}
