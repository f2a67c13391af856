package dev.tandem.replay.fetch;

import java.net.URI;
import java.time.YearMonth;

/**
 * A publisher's file of a month.
 *
 * @param name of the file here
 */
record PublishedFile(YearMonth month, URI uri, String name) {

  /**
   * @param template an address with {@code {yyyy}} and {@code {MM}}
   */
  static PublishedFile of(String template, YearMonth month) {
    String year = "%04d".formatted(month.getYear());
    String number = "%02d".formatted(month.getMonthValue());
    String address = template.replace("{yyyy}", year).replace("{MM}", number);
    URI uri = URI.create(address);
    String path = uri.getPath();
    String last = path.substring(path.lastIndexOf('/') + 1);
    String withoutQuery = template.split("\\?", 2)[0];
    String pattern = withoutQuery.substring(withoutQuery.lastIndexOf('/') + 1);
    boolean tells = pattern.contains("{yyyy}") && pattern.contains("{MM}") && !last.isEmpty();
    String safe = last.replaceAll("[^A-Za-z0-9._-]", "_");
    return new PublishedFile(month, uri, tells ? safe : year + "-" + number + "_" + safe);
  }
}
