package org.reluctor.stream.pipeline;

import org.reluctor.stream.StreamEvents;

/** Where everything that happens is noted: our own counts, and the application's ears. */
record StreamSink(StreamCounters counters, StreamEvents events) {
}
