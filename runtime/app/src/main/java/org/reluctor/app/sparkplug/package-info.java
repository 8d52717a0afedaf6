/**
 * The gateway as an edge node of Sparkplug B (Eclipse Sparkplug 3.0.0): its sensors are the node's devices, its counts
 * and their signals are metrics. Data goes one way, from the stream's events by way of
 * {@link org.reluctor.app.sparkplug.LatestSignals} to {@link org.reluctor.app.sparkplug.EdgeNode} and the host; nothing
 * comes back but the wish to be told everything again.
 */
package org.reluctor.app.sparkplug;
