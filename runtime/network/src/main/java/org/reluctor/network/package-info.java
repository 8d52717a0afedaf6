/**
 * Recovery networks as files and as graphs: ONNX in and out, measurement matrices, and the float64 reference.
 * Nothing here knows a device or MQTT.
 */
package org.reluctor.network;
