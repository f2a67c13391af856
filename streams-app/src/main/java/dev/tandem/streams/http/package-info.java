/** The REST API and the pages, over HTTP. */
@NullMarked
package dev.tandem.streams.http;

import org.jspecify.annotations.NullMarked;
