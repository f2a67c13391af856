/**
 * Decisions on the stream: watermarks and hourly signals by partition of the log, what is normal,
 * and the engine that raises and clears alerts, the same ones however the stream ran.
 */
@NullMarked
package dev.tandem.core.decision;

import org.jspecify.annotations.NullMarked;
