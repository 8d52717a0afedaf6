/**
 * From MQTT frame to MQTT signal: sessions, codecs, the pipeline and the delivery ledger. What turns measurements
 * into a signal is seen through one port, {@link org.reluctor.stream.Recovery}; what happens is told through another,
 * {@link org.reluctor.stream.StreamEvents}.
 */
package org.reluctor.stream;
