/** More frames than the device can compute, for minutes: what is bounded, what is lost, and how it becomes normal. */
package org.reluctor.devicetests.overload;
