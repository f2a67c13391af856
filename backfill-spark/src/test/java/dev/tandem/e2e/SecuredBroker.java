package dev.tandem.e2e;

import dev.tandem.localkafka.LocalKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A broker that speaks TLS, lets in whom it knows, and lets each do what its access lists say. Its
 * operator is {@code root}, who needs none.
 */
final class SecuredBroker implements AutoCloseable {
  static final String ROOT_PASSWORD = "password-of-root";

  private static final Path HOME = Path.of(System.getProperty("tandem.home"));
  private static final String MAP = "listener.security.protocol.map";

  private final Path folder;
  private final Certificate certificate;
  private final LocalKafka kafka;

  private SecuredBroker(Path folder, Certificate certificate, Map<String, String> properties) {
    this.folder = folder;
    this.certificate = certificate;
    this.kafka = LocalKafka.start(new LocalKafka.Config(0, folder.resolve("kafka"), properties));
  }

  /** Knows users by PLAIN, SCRAM (see {@link #addUsers}) and the tokens of an issuer. */
  static SecuredBroker sasl(Path folder, TokenIssuer issuer) throws Exception {
    System.setProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls", issuer.keys());
    Certificate certificate = Certificate.make(folder, "broker");
    Map<String, String> p = common(certificate);
    p.put(MAP, "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT");
    p.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER");
    p.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    p.put(
        "listener.name.clients.plain.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"root\" password=\"%s\" user_root=\"%s\";"
            .formatted(ROOT_PASSWORD, ROOT_PASSWORD));
    for (String mechanism : List.of("scram-sha-256", "scram-sha-512")) {
      p.put(
          "listener.name.clients." + mechanism + ".sasl.jaas.config",
          "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    }
    String oauth = "listener.name.clients.oauthbearer.sasl.";
    p.put(
        oauth + "jaas.config",
        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;");
    p.put(
        oauth + "server.callback.handler.class",
        "org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler");
    p.put("sasl.oauthbearer.jwks.endpoint.url", issuer.keys());
    p.put("sasl.oauthbearer.expected.audience", TokenIssuer.AUDIENCE);
    return new SecuredBroker(folder, certificate, p);
  }

  /** Knows users by their certificates. */
  static SecuredBroker mutualTls(Path folder, Certificate client) throws Exception {
    Certificate certificate = Certificate.make(folder, "root");
    Path trusted = folder.resolve("trusted.pem");
    Files.writeString(
        trusted, Files.readString(certificate.pem()) + Files.readString(client.pem()));
    Map<String, String> p = common(certificate);
    p.put(MAP, "CLIENTS:SSL,CONTROLLER:PLAINTEXT");
    p.put("ssl.client.auth", "required");
    p.put("ssl.truststore.location", trusted.toString());
    p.put("ssl.principal.mapping.rules", "RULE:^CN=([^,]+).*$/$1/");
    return new SecuredBroker(folder, certificate, p);
  }

  private static Map<String, String> common(Certificate certificate) {
    Map<String, String> p = new HashMap<>();
    p.put("ssl.keystore.type", "PKCS12");
    p.put("ssl.keystore.location", certificate.keystore().toString());
    p.put("ssl.keystore.password", Certificate.PASSWORD);
    p.put("ssl.truststore.type", "PEM");
    p.put("ssl.truststore.location", certificate.pem().toString());
    p.put("authorizer.class.name", AuditedAuthorizer.class.getName());
    // Nobody is asked for a name on the controllers' own port, which clients never use.
    p.put("super.users", "User:root;User:ANONYMOUS");
    return p;
  }

  /** Makes users that log in by SCRAM, all with the same password. */
  void addUsers(ScramMechanism mechanism, String password, List<String> users) throws Exception {
    try (Admin admin = root()) {
      List<UserScramCredentialAlteration> alterations =
          users.stream()
              .<UserScramCredentialAlteration>map(
                  user ->
                      new UserScramCredentialUpsertion(
                          user, new ScramCredentialInfo(mechanism, 4096), password))
              .toList();
      admin.alterUserScramCredentials(alterations).all().get();
    }
  }

  /** An operator's client. */
  Admin root() throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(rootProperties())) {
      properties.load(in);
    }
    properties.put("bootstrap.servers", bootstrap());
    return Admin.create(properties);
  }

  /** A file of the operator's client properties. */
  Path rootProperties() throws IOException {
    return config("root", saslLines("PLAIN", "root", ROOT_PASSWORD)).resolve("kafka.properties");
  }

  /** Client properties of a user who logs in by name and password. */
  List<String> saslLines(String mechanism, String user, String password) {
    String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
    return List.of(
        "security.protocol=SASL_SSL",
        "sasl.mechanism=" + mechanism,
        "sasl.jaas.config=org.apache.kafka.common.security.%s required username=\"%s\" password=\"%s\";"
            .formatted(module, user, password));
  }

  /** A configuration folder with pipelines of ours, whose clients trust this broker. */
  Path config(String name, List<String> kafkaProperties) throws IOException {
    return config(name, kafkaProperties, certificate);
  }

  /**
   * @param trusted whom its clients trust
   */
  Path config(String name, List<String> kafkaProperties, Certificate trusted) throws IOException {
    Path config = Files.createDirectories(folder.resolve("config-" + name));
    Path pipelines = Files.createDirectories(config.resolve("pipelines"));
    for (String file : List.of("biketown.yaml", "citibike.yaml")) {
      Files.copy(
          HOME.resolve("config/pipelines").resolve(file),
          pipelines.resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Files.writeString(
        config.resolve("kafka.properties"),
        String.join("\n", kafkaProperties)
            + "\nssl.truststore.type=PEM\nssl.truststore.location="
            + trusted.pem()
            + "\n");
    return config;
  }

  String bootstrap() {
    return kafka.bootstrap();
  }

  @Override
  public void close() {
    kafka.close();
  }
}
