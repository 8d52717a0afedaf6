/** The pages of the gateway and of the demonstration, looked at in a real browser. */
package org.reluctor.devicetests.page;
