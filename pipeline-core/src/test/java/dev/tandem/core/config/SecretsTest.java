package dev.tandem.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http.token",
        "kafka.sasl.jaas.config",
        "kafka.ssl.truststore.password",
        "kafka.ssl.keystore.password",
        "kafka.ssl.key.password",
        "kafka.ssl.keystore.key",
        "kafka.ssl.keystore.certificate.chain",
        "kafka.sasl.oauthbearer.client.credentials.client.secret",
        "streams.main.consumer.sasl.jaas.config",
        "spark.hadoop.fs.s3a.access.key",
        "spark.hadoop.fs.s3a.secret.key",
        "spark.hadoop.fs.s3a.session.token",
        "spark.hadoop.fs.azure.account.key.store.dfs.core.windows.net",
        "kafka.basic.auth.user.info",
      })
  void shouldHideWhatGivesAccess(String key) {
    assertThat(Secrets.shown(key, "abc123")).isEqualTo("[hidden]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http.port",
        "http.token.file",
        "kafka.ssl.truststore.location",
        "kafka.sasl.oauthbearer.token.endpoint.url",
        "kafka.sasl.mechanism",
        "kafka.key.serializer",
        "spark.hadoop.fs.s3a.aws.credentials.provider",
        "spark.sql.shuffle.partitions",
      })
  void shouldShowWhatOnlySpeaksOfIt(String key) {
    assertThat(Secrets.shown(key, "abc123")).isEqualTo("abc123");
  }

  @Test
  void shouldHideSecretsInsideAValue() {
    assertThat(Secrets.shown("spark.driver.extraJavaOptions", "-Xmx1g -Djdk.password=abc -Da=b"))
        .isEqualTo("-Xmx1g -Djdk.password=[hidden] -Da=b");
    assertThat(Secrets.shown("map.tiles", "https://me:abc@tiles/x"))
        .isEqualTo("https://[hidden]@tiles/x");
  }

  @Test
  void shouldHideWhatWasRememberedInAnyText() {
    Secrets.remember(
        "kafka.sasl.jaas.config", "Module required username=\"u\" password=\"s3cr3t-9\";");
    assertThat(Secrets.hide("login of u with s3cr3t-9 failed"))
        .isEqualTo("login of u with [hidden] failed");
  }
}
