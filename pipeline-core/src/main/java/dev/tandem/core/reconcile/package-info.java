/**
 * The cut: how live contributions and batch corrections become one row, each event counted once.
 */
@NullMarked
package dev.tandem.core.reconcile;

import org.jspecify.annotations.NullMarked;
