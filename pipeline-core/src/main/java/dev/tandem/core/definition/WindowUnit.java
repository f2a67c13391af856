package dev.tandem.core.definition;

/**
 * A calendar window of the pipeline's zone; a day may last 23 or 25 hours, a week starts on Monday.
 */
public enum WindowUnit {
  MINUTE,
  HOUR,
  DAY,
  WEEK,
  MONTH
}
