package dev.tandem.streams.service;

import dev.tandem.core.kafka.Topics;

/** What to do about a topic that is gone, or is not the one that the state was made of. */
final class Remedy {
  private final Topics topics;

  Remedy(Topics topics) {
    this.topics = topics;
  }

  /** A sentence's end that says what is lost with a topic and what to do. */
  String afterLossOf(String topic) {
    String p = topics.pipeline();
    if (topic.equals(topics.events())) {
      return "with it all events that are not in files: ./tandem up -p %s --start-over, then replay the files, then ./tandem backfill --full"
          .formatted(p);
    }
    if (topic.equals(topics.claims())
        || topic.equals(topics.corrections())
        || topic.equals(topics.runs())) {
      return "with it what backfills have said: ./tandem up -p %s --start-over counts %s anew, then ./tandem backfill --full"
          .formatted(p, topics.events());
    }
    if (topic.equals(topics.alerts())) {
      return "./tandem up -p %s --rebuild decides anew from %s".formatted(p, topics.events());
    }
    if (topic.startsWith(topics.applicationId() + "-") || topic.equals(topics.aggregates())) {
      return "./tandem up -p %s --rebuild makes it anew from %s and the corrections"
          .formatted(p, topics.events());
    }
    return "./tandem topics create -p %s makes it again, then start the app; what it held is gone"
        .formatted(p);
  }
}
