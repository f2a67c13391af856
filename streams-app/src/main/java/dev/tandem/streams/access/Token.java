package dev.tandem.streams.access;

import dev.tandem.core.TandemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that who asks must know. It is compared in a time that says nothing of it, and signs the
 * sessions of browsers, so that every instance with the same token knows them and none keeps them.
 */
public final class Token {
  private static final int SHORTEST = 16;
  private static final String SCHEME = "Bearer ";
  private static final String MAC = "HmacSHA256";

  private final String text;

  private Token(String text) {
    this.text = text;
  }

  /**
   * @param origin where it is from, for the message
   * @throws TandemException wrong use: too short to be secret, or not to be sent in a header
   */
  static Token of(String text, String origin) {
    if (text.length() < SHORTEST || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw TandemException.wrongUse(
          "http.token (%s): give at least %d letters, digits or signs without blanks, for example what 'openssl rand -hex 32' prints"
              .formatted(origin, SHORTEST));
    }
    return new Token(text);
  }

  /** The value of the header {@code Authorization}. */
  String header() {
    return SCHEME + text;
  }

  /** Whether a header {@code Authorization} has it; the scheme's case does not matter. */
  public boolean isInHeader(String header) {
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && is(header.substring(SCHEME.length()).strip());
  }

  /** Whether someone knows it. */
  public boolean is(String given) {
    return MessageDigest.isEqual(
        sign("given", given.getBytes(StandardCharsets.UTF_8)),
        sign("given", text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * A browser's session.
   *
   * @param endsAt in seconds of the epoch
   */
  public String session(long endsAt) {
    byte[] signature = sign("tandem-session." + endsAt, text.getBytes(StandardCharsets.UTF_8));
    return endsAt + "." + HexFormat.of().formatHex(signature);
  }

  /** Whether a session is one of ours that has not ended. */
  public boolean isSession(String given, long now) {
    int dot = given.indexOf('.');
    if (dot < 1 || dot > 12 || !given.substring(0, dot).chars().allMatch(Character::isDigit)) {
      return false;
    }
    long endsAt = Long.parseLong(given.substring(0, dot));
    return MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8),
            session(endsAt).getBytes(StandardCharsets.UTF_8))
        && now < endsAt;
  }

  private static byte[] sign(String message, byte[] key) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, MAC));
      return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + MAC, e);
    }
  }
}
