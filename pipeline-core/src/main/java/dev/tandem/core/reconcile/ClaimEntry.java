package dev.tandem.core.reconcile;

/**
 * What a backfill said of an event id: {@code claim}, its batch counts the event, or release, it
 * does so no longer; valid for the rows of the epoch's range, and from the epoch's commit on.
 */
public record ClaimEntry(long epoch, boolean claim) {}
