/** What commands share towards the person who runs them: tables, and an orderly end. */
@NullMarked
package dev.tandem.replay.console;

import org.jspecify.annotations.NullMarked;
