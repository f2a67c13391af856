/** The aggregate algebra: states of rows that merge exactly, in any order. */
@NullMarked
package dev.tandem.core.aggregate;

import org.jspecify.annotations.NullMarked;
