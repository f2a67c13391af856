package dev.tandem.bench.engine;

import java.util.stream.Stream;

/** The flags that Spark gives a JVM that it starts itself (its {@code JavaModuleOptions}). */
public final class SparkFlags {
  private static final int WITHOUT_SECURITY_ACTION = 24;

  private SparkFlags() {}

  /** For this JVM's Java. */
  public static Stream<String> all() {
    return Stream.concat(
        Stream.of(
                "java.lang",
                "java.lang.invoke",
                "java.lang.reflect",
                "java.io",
                "java.net",
                "java.nio",
                "java.util",
                "java.util.concurrent",
                "java.util.concurrent.atomic",
                "jdk.internal.ref",
                "sun.nio.ch",
                "sun.nio.cs",
                "sun.security.action",
                "sun.util.calendar")
            .filter(
                name ->
                    Runtime.version().feature() < WITHOUT_SECURITY_ACTION
                        || !name.equals("sun.security.action"))
            .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED"),
        Stream.of(
            "--add-opens=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
            "-Dio.netty.tryReflectionSetAccessible=true"));
  }
}
