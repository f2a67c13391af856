/** What those who ask servers share: how long to wait before asking again. */
@NullMarked
package dev.tandem.replay.http;

import org.jspecify.annotations.NullMarked;
