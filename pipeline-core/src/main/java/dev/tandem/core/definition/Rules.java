package dev.tandem.core.definition;

import dev.tandem.core.event.Event;
import dev.tandem.core.text.Texts;
import java.util.List;

/** The rules of a pipeline at work, the same in every engine. Immutable, thread-safe. */
public final class Rules {
  private final Rule[] rules;

  public Rules(PipelineDefinition definition) {
    List<Rule> list = definition.rules();
    if (list.size() > Long.SIZE) {
      throw new IllegalArgumentException(list.size() + " rules");
    }
    this.rules = list.toArray(Rule[]::new);
  }

  /**
   * Applies all rules in declaration order.
   *
   * @param event is changed
   * @return bit i is set when rule i changed something; 0 when none did
   */
  public long apply(Event event) {
    long changed = 0;
    for (int i = 0; i < rules.length; i++) {
      if (apply(rules[i], event)) {
        changed |= 1L << i;
      }
    }
    return changed;
  }

  private static boolean apply(Rule rule, Event event) {
    if (rule instanceof Rule.FillSeconds r) {
      return fill(r, event);
    } else if (rule instanceof Rule.NullOutside r) {
      return nullOutside(r, event);
    } else if (rule instanceof Rule.NullUnlessWithin r) {
      return nullUnlessWithin(r, event);
    } else if (rule instanceof Rule.Extract r) {
      return extract(r, event);
    } else if (rule instanceof Rule.Lower r) {
      return lower(r.target(), event);
    }
    throw new IllegalStateException("no code for " + rule);
  }

  private static boolean fill(Rule.FillSeconds rule, Event event) {
    if (event.has(rule.target()) || !event.has(rule.from()) || !event.has(rule.to())) {
      return false;
    }
    long millis = event.number(rule.to()) - event.number(rule.from());
    if (millis < 0) {
      return false;
    }
    event.setNumber(rule.target(), millis / 1000);
    return true;
  }

  private static boolean nullOutside(Rule.NullOutside rule, Event event) {
    if (!event.has(rule.target())) {
      return false;
    }
    long value = event.number(rule.target());
    if (value >= rule.min().orElse(Long.MIN_VALUE) && value <= rule.max().orElse(Long.MAX_VALUE)) {
      return false;
    }
    event.setNull(rule.target());
    return true;
  }

  /** Where {@code after} is null there is nothing to compare with: the target stays. */
  private static boolean nullUnlessWithin(Rule.NullUnlessWithin rule, Event event) {
    if (!event.has(rule.target()) || !event.has(rule.after())) {
      return false;
    }
    long behind = event.number(rule.target()) - event.number(rule.after());
    if (behind >= 0 && behind <= rule.withinMillis()) {
      return false;
    }
    event.setNull(rule.target());
    return true;
  }

  private static boolean extract(Rule.Extract rule, Event event) {
    List<String> before = event.texts(rule.target());
    if (!rule.derived() && !before.isEmpty()) {
      return false;
    }
    String text = event.text(rule.from());
    List<String> found =
        text == null
            ? List.of()
            : switch (rule.kind()) {
              case WORDS_OF -> Texts.words(text);
              case HASHTAGS_OF -> Texts.hashtags(text);
            };
    return replace(rule.target(), found, before, event);
  }

  private static boolean lower(Field target, Event event) {
    if (target.type() == FieldType.STRINGS) {
      List<String> before = event.texts(target);
      return replace(target, before.stream().map(Texts::lower).toList(), before, event);
    }
    String before = event.text(target);
    if (before == null) {
      return false;
    }
    String after = Texts.lower(before);
    event.setText(target, after);
    return !after.equals(before);
  }

  private static boolean replace(
      Field target, List<String> texts, List<String> before, Event event) {
    if (texts.isEmpty()) {
      event.setNull(target);
    } else {
      event.setTexts(target, texts);
    }
    return !event.texts(target).equals(before);
  }
}
