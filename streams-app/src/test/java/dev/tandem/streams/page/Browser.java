package dev.tandem.streams.page;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window, used as a person uses it: by what is written on the page. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Whether there is one, and what drives it, on the PATH. */
  static boolean isThere() {
    return chromium().isPresent() && chromedriver().isPresent();
  }

  private static Optional<Path> chromium() {
    return find("chromium", "chromium-browser", "google-chrome");
  }

  private static Optional<Path> chromedriver() {
    return find("chromedriver");
  }

  static Browser start() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium().orElseThrow().toFile());
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver().orElseThrow().toFile())
            .usingAnyFreePort()
            .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().window().setSize(new Dimension(1440, 1000));
    return new Browser(driver);
  }

  private static Optional<Path> find(String... names) {
    return Stream.of(names)
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  void open(String url) {
    driver.get(url);
  }

  /** Waits for a panel of this title that is not loading. */
  WebElement panel(String title) {
    By by = By.cssSelector("section[aria-label='%s']:not(.loading)".formatted(title));
    return await(() -> driver.findElements(by).stream().findFirst());
  }

  /** What a panel with one number says. */
  String figure(String title) {
    return await(
        () ->
            panel(title).findElements(By.className("figure")).stream()
                .map(WebElement::getText)
                .findFirst());
  }

  /** What stands beside a panel's title. */
  String headline(String title) {
    return panel(title).findElement(By.className("headline")).getText();
  }

  /** The rows of a panel's first table; switches it from chart to table where it has both. */
  List<List<String>> table(String title) {
    return await(
        () -> {
          WebElement panel = panel(title);
          List<WebElement> toggles =
              panel.findElements(By.cssSelector(".table-toggle[aria-pressed='false']"));
          toggles.stream().filter(WebElement::isDisplayed).forEach(WebElement::click);
          return panel.findElements(By.cssSelector("table")).stream()
              .findFirst()
              .map(Browser::cells)
              .filter(rows -> !rows.isEmpty());
        });
  }

  private static List<List<String>> cells(WebElement table) {
    return table.findElements(By.cssSelector("tbody tr")).stream()
        .map(row -> row.findElements(By.tagName("td")).stream().map(Browser::text).toList())
        .toList();
  }

  /** Also of cells that are scrolled out of sight. */
  private static String text(WebElement element) {
    return String.valueOf(element.getDomProperty("textContent")).strip();
  }

  /** Clicks what has this text. */
  void click(String tag, String text) {
    await(
        () ->
            driver.findElements(By.tagName(tag)).stream()
                .filter(e -> e.isDisplayed() && e.getText().equals(text))
                .findFirst()
                .map(
                    e -> {
                      e.click();
                      return e;
                    }));
  }

  String text() {
    return driver.findElement(By.id("main")).getText();
  }

  boolean isWide() {
    Object fits =
        driver.executeScript("return document.documentElement.scrollWidth > window.innerWidth");
    return Boolean.TRUE.equals(fits);
  }

  void resize(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  /** What went wrong in the browser since the last call: script errors, refused resources. */
  List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Waits until there is something; what vanishes while it is read is looked for again. */
  private static <T> T await(java.util.function.Supplier<Optional<T>> look) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .ignoreException(StaleElementReferenceException.class)
        .until(look::get, Optional::isPresent)
        .orElseThrow();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
