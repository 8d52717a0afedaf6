/** Finds the launch parameters that are best on the device at hand, by measurement. */
package org.reluctor.app.tuning;
