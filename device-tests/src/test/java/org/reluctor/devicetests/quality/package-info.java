/** Whether the error bounds that signals carry hold. */
package org.reluctor.devicetests.quality;
