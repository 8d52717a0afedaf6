/** Gateways of one partition that are killed or frozen under load, while others stand by. */
package org.reluctor.devicetests.takeover;
