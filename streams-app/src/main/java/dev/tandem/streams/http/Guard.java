package dev.tandem.streams.http;

import dev.tandem.streams.access.Token;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.RedirectResponse;
import io.javalin.http.SameSite;
import io.javalin.http.UnauthorizedResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Lets in who knows the token: programs by the header {@code Authorization: Bearer}, browsers by a
 * cookie that they get for it. Without a token everybody is in. Open to all are only the page's own
 * files, which hold no data, and whether the process is up.
 */
final class Guard {
  private static final String COOKIE = "tandem-session";
  private static final Duration SESSION = Duration.ofHours(12);

  private final Optional<Token> token;
  private final boolean secure;
  private final Clock clock;

  /**
   * @param secure whether the server speaks TLS, so that the cookie must travel by it alone
   */
  Guard(Optional<Token> token, boolean secure, Clock clock) {
    this.token = token;
    this.secure = secure;
    this.clock = clock;
  }

  void routes(RoutesConfig routes) {
    routes.before(this::check);
    routes.post("/login", this::login);
    routes.post("/logout", this::logout);
  }

  /** Whether who asks may see everything. */
  boolean isKnown(Context http) {
    if (token.isEmpty()) {
      return true;
    }
    String header = http.header("Authorization");
    if (header != null) {
      return token.get().isInHeader(header);
    }
    String cookie = http.cookie(COOKIE);
    return cookie != null && token.get().isSession(cookie, clock.instant().getEpochSecond());
  }

  private void check(Context http) {
    String path = http.path();
    if (isOpen(path) || isKnown(http)) {
      return;
    }
    if (path.equals("/")) {
      http.header("Location", "/login");
      throw new RedirectResponse(HttpStatus.SEE_OTHER);
    }
    http.header("WWW-Authenticate", "Bearer realm=\"tandem\"");
    throw new UnauthorizedResponse(
        "this needs the token of the server (http.token): send it as Authorization: Bearer TOKEN");
  }

  private static boolean isOpen(String path) {
    return path.equals("/login")
        || path.equals("/health/live")
        || path.equals("/health/ready")
        || path.startsWith("/page/")
        || path.startsWith("/lib/");
  }

  private void login(Context http) {
    String given = http.formParam("token");
    if (token.isPresent() && (given == null || !token.get().is(given.strip()))) {
      goOn(http, "/login#wrong");
      return;
    }
    token.ifPresent(
        t -> {
          long endsAt = clock.instant().plus(SESSION).getEpochSecond();
          http.cookie(cookie(t.session(endsAt), (int) SESSION.toSeconds()));
        });
    goOn(http, "/");
  }

  private void logout(Context http) {
    http.cookie(cookie("", 0));
    goOn(http, "/login");
  }

  /** To a page, with no text that nobody reads. */
  private static void goOn(Context http, String path) {
    http.status(HttpStatus.SEE_OTHER).header("Location", path);
  }

  private Cookie cookie(String value, int seconds) {
    return new Cookie(COOKIE, value, "/", seconds, secure, true, null, SameSite.STRICT);
  }
}
