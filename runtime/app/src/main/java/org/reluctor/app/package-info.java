/**
 * The deployable: command line, configuration, metrics, health, and the wiring of network, device and stream into
 * one process.
 */
package org.reluctor.app;
