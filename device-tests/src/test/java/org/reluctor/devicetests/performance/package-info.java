/**
 * What the gateway costs: measured against a bare relay, against an idle JVM, and in bytes allocated a frame. The
 * programs behind device-tests/bin/bench-relay and bench-start live here beside the tests of the same promises.
 */
package org.reluctor.devicetests.performance;
