/**
 * Recovery networks as files and as graphs: ONNX in and out, measurement matrices, and the float64 reference.
 * Nothing here knows a device or MQTT.
 *
 * <p>A network file is ONNX, opset 11 to 21, float32, everything in one file, with one input [batch, channels·m] and
 * the signal [batch, channels·n] as first output. The batch is symbolic (or fixed at 1, which is taken as symbolic) and
 * stays the first dimension of everything that is computed from the input: what is computed for one frame never depends
 * on another.
 *
 * <table>
 * <caption>Operators</caption>
 * <tr><th>ONNX</th><th>what is supported</th></tr>
 * <tr><td>Add, Sub, Mul, Div</td><td>numpy broadcasting, of variables and constants</td></tr>
 * <tr><td>Neg, Abs, Relu, Sign</td><td>not-a-number stays what it is</td></tr>
 * <tr><td>Gemm</td><td>alpha, beta, transA, transB, optional C; B constant, A [batch, k] or constant</td></tr>
 * <tr><td>MatMul</td><td>any rank as numpy, variables and constants, not summing over the batch</td></tr>
 * <tr><td>Reshape</td><td>constant int64 target with 0 and -1, the batch first</td></tr>
 * <tr><td>Flatten</td><td>any axis that leaves the batch alone</td></tr>
 * <tr><td>Identity, Constant</td><td>all float32 forms, int64 and int32 as targets</td></tr>
 * </table>
 */
package org.reluctor.network;
