/** Live streams of JSON messages over WebSocket and HTTP, connected again whenever they end. */
@NullMarked
package dev.tandem.replay.live;

import org.jspecify.annotations.NullMarked;
