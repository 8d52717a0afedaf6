/**
 * Devices and what lives on them. A {@link org.reluctor.opencl.device.DeviceSession} owns context, queue and program
 * cache; everything made from it is used by one thread at a time and is closed before it.
 */
package org.reluctor.opencl.device;
