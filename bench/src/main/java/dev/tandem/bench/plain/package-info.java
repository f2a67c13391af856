/** The work's rows in plain Java: packed keys, tables of primitives, no engine. */
@NullMarked
package dev.tandem.bench.plain;

import org.jspecify.annotations.NullMarked;
