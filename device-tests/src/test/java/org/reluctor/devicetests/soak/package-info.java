/**
 * A gateway under faults for hours: what its process holds and how long frames take, as slopes with intervals, a
 * verdict and a plot. The program behind device-tests/bin/soak, with a short form among the tests.
 */
package org.reluctor.devicetests.soak;
