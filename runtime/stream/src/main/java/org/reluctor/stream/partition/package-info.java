/**
 * Gateways that share a partition of a fleet, of which one serves: who does, decided by what the sensors' broker
 * retains. Knows no connection: {@code pipeline} carries its messages.
 */
package org.reluctor.stream.partition;
