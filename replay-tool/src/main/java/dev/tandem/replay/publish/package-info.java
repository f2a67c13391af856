/** Publishes merged files as events, each once, and keeps how far it got with them. */
@NullMarked
package dev.tandem.replay.publish;

import org.jspecify.annotations.NullMarked;
