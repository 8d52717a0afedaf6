/**
 * The engine against ONNX Runtime on the networks that published recovery methods have: the program behind
 * device-tests/bin/bench-peers. Shapes are the published ones, weights are random with fixed seeds.
 */
package org.reluctor.devicetests.peers;
