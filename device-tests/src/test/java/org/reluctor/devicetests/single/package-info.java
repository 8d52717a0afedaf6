/**
 * Single operations on the device, timed with JMH: networks of one step through the engine, so that what is measured is
 * what runs, transfers and launch included. The program behind device-tests/bin/bench-operations.
 */
package org.reluctor.devicetests.single;
