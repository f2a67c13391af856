package dev.tandem.core.decode;

import dev.tandem.core.definition.Field;
import dev.tandem.core.event.Event;

/** Texts as they are; those that come again and again, such as stations, are one object. */
final class TextReader implements ValueReader {
  private final TextCache cache = new TextCache();

  @Override
  public void read(char[] text, int start, int end, Field field, Event event) {
    int slot = cache.slot(text, start, end);
    event.setText(
        field,
        cache.holds(slot, text, start, end) ? cache.get(slot) : cache.put(slot, text, start, end));
  }
}
