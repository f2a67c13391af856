package dev.tandem.replay.live;

import dev.tandem.core.definition.Origin;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/** Where a stream is, and how it is asked to begin at a place. */
record Address(URI uri, Optional<Origin.Cursor> cursor) {

  String name() {
    return LiveStream.name(uri);
  }

  /**
   * The address that continues the stream.
   *
   * @param last the place of the last message seen; empty: from now on
   */
  URI from(OptionalLong last) {
    if (cursor.isEmpty() || last.isEmpty()) {
      return uri;
    }
    long begin = Math.max(0, last.getAsLong() - cursor.get().rewind());
    String sign = uri.getRawQuery() == null ? "?" : "&";
    return URI.create(uri + sign + cursor.get().parameter() + "=" + begin);
  }
}
