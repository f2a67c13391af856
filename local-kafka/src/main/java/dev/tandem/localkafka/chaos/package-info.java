/** The whole system under fire: every process killed again and again, then every row checked. */
@NullMarked
package dev.tandem.localkafka.chaos;

import org.jspecify.annotations.NullMarked;
