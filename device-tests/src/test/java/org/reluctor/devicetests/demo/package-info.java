/** The demonstration and its page, looked at in a real browser. */
package org.reluctor.devicetests.demo;
