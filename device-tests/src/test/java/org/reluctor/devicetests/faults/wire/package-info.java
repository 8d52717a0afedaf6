/**
 * MQTT 5 as bytes on the wire, written without any client library, so that neither the runtime's choice of library nor
 * its own code can hide a fault from the tests: packets, a plain client, and a proxy that knows where packets end.
 */
package org.reluctor.devicetests.faults.wire;
