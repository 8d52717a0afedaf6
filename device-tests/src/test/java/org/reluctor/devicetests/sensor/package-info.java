/** The sensor's side in C ({@code device-tests/sensor}), held against the project's own writers. */
package org.reluctor.devicetests.sensor;
