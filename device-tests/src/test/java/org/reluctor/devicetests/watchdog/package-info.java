/** Whether frames outside of what was proven of a network are flagged: faults of sensors, and of the hardware. */
package org.reluctor.devicetests.watchdog;
