/**
 * Faults of every kind against gateway processes while frames flow, and what becomes of the frames. The program behind
 * device-tests/bin/faults, and a short run of it among the tests.
 */
package org.reluctor.devicetests.faults;
