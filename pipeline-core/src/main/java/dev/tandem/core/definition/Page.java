package dev.tandem.core.definition;

import java.util.List;
import java.util.Optional;

/**
 * What the web page shows of a pipeline. No part of a definition id: changing it keeps all rows.
 *
 * @param panels in their order on the page
 * @param filters dimensions to choose values of
 */
public record Page(List<Panel> panels, List<String> filters, Optional<PlacesMap> map) {
  public Page {
    panels = List.copyOf(panels);
    filters = List.copyOf(filters);
  }
}
