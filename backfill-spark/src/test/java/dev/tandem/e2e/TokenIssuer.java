package dev.tandem.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** An OAuth server that gives one client a token for its secret, and shows its public key. */
final class TokenIssuer implements AutoCloseable {
  static final String AUDIENCE = "kafka";
  static final String CLIENT = "oauth-client";
  static final String SECRET = "oauth-client-secret";

  private final RsaJsonWebKey key;
  private final HttpServer server;

  TokenIssuer() throws JoseException, IOException {
    key = RsaJwkGenerator.generateJwk(2048);
    key.setKeyId("one");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/keys", e -> answer(e, 200, new JsonWebKeySet(key).toJson()));
    server.createContext("/token", this::token);
    server.start();
  }

  String keys() {
    return url("/keys");
  }

  String tokens() {
    return url("/token");
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void token(HttpExchange exchange) throws IOException {
    String login = Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(UTF_8));
    if (!("Basic " + login).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer(exchange, 401, "{\"error\":\"invalid_client\"}");
      return;
    }
    try {
      answer(
          exchange,
          200,
          "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"" + signed() + "\"}");
    } catch (JoseException e) {
      throw new IOException(e);
    }
  }

  private String signed() throws JoseException {
    JwtClaims claims = new JwtClaims();
    claims.setSubject(CLIENT);
    claims.setAudience(AUDIENCE);
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(60);
    JsonWebSignature token = new JsonWebSignature();
    token.setPayload(claims.toJson());
    token.setKey(key.getPrivateKey());
    token.setKeyIdHeaderValue(key.getKeyId());
    token.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    return token.getCompactSerialization();
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
