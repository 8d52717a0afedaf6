/**
 * What the gateway counts, and its text for Prometheus. Counting costs the stream's threads an addition; everything
 * else happens when somebody asks.
 */
package org.reluctor.app.metrics;
