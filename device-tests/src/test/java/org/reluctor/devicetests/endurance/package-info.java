/**
 * What only many launches show: that the whole-network form survives cores that are taken away, and that nothing grows.
 * The programs behind device-tests/bin/survive-load and soak-engine, each with a short form among the tests.
 */
package org.reluctor.devicetests.endurance;
