/** The device: platforms, buffers, kernels, and the operations built from them. Knows no network file and no MQTT. */
package org.reluctor.opencl;
