/**
 * Recovery networks as files and as graphs: ONNX in and out, measurement matrices, and the float64 reference.
 * Nothing here knows a device or MQTT.
 *
 * <p>A network file is ONNX, opset 11 to 21, float32, with one input [batch, …] (for signals, [batch, channels·m]) and
 * the signal as first output. The batch is symbolic (or fixed at 1, which is taken as symbolic) and stays the first
 * dimension of everything that is computed from the input: what is computed for one frame never depends on another.
 * Other dimensions that a file leaves open, such as height and width of images, are given when it is read.
 *
 * <p>What a node says about shapes and places may be attributes or inputs, by the operator set; a {@link
 * org.reluctor.network.Node} has it in one settled form. "all given" means that no attribute is left to its default.
 *
 * <table>
 * <caption>Operators, and the settled form of their nodes</caption>
 * <tr><th>ONNX</th><th>inputs</th><th>attributes, and what is refused</th></tr>
 * <tr><td>Add, Sub, Mul, Div, Pow</td><td>two, numpy broadcasting</td><td>–</td></tr>
 * <tr><td>Max, Min</td><td>one or more, numpy broadcasting</td><td>–</td></tr>
 * <tr><td>Neg, Abs, Relu, Sign, Sigmoid, Tanh, Sqrt, Identity</td><td>x</td><td>–</td></tr>
 * <tr><td>LeakyRelu</td><td>x</td><td>alpha given</td></tr>
 * <tr><td>PRelu</td><td>x, slope that stretches to x</td><td>–</td></tr>
 * <tr><td>Clip</td><td>x</td><td>min, max given (floats, from constants; the last finite numbers where a file leaves
 * them out, as ONNX says)</td></tr>
 * <tr><td>BatchNormalization</td><td>x, scale, shift, mean, variance, constants of [channels]</td><td>epsilon given;
 * training is refused</td></tr>
 * <tr><td>Conv</td><td>x [B, C, W] or [B, C, H, W], constant weights [M, C/group, …], constant bias [M] or none</td>
 * <td>dilations, group, pads (before each dimension, then after), strides all given; auto_pad becomes pads</td></tr>
 * <tr><td>ConvTranspose</td><td>the same, weights [C, M/group, …]</td><td>the same and output_padding; output_shape and
 * auto_pad become pads</td></tr>
 * <tr><td>Gemm</td><td>A [B, k] or constant, B constant, C or none</td><td>alpha, beta, transA, transB as in the
 * file</td></tr>
 * <tr><td>MatMul</td><td>two of any rank as numpy, variables and constants</td><td>summing over the batch is
 * refused</td></tr>
 * <tr><td>ReduceMean, ReduceSum, ReduceMax, ReduceL2</td><td>x</td><td>axes ascending, keepdims given; the batch is
 * refused</td></tr>
 * <tr><td>Concat</td><td>one or more</td><td>axis</td></tr>
 * <tr><td>Slice</td><td>x</td><td>axes ascending, starts, ends, steps; an end before the first element is -size - 1;
 * a Slice of all is an Identity</td></tr>
 * <tr><td>Split</td><td>x</td><td>axis, split (the sizes); as many outputs</td></tr>
 * <tr><td>Pad</td><td>x</td><td>mode (constant, reflect, edge), pads for all dimensions, value if constant; negative
 * pads cut</td></tr>
 * <tr><td>Transpose</td><td>x</td><td>perm, the batch first</td></tr>
 * <tr><td>Squeeze, Unsqueeze</td><td>x</td><td>axes ascending, in the output for Unsqueeze</td></tr>
 * <tr><td>Expand</td><td>x</td><td>shape to broadcast against, 1 for the batch</td></tr>
 * <tr><td>Reshape</td><td>x, constant int64 target with 0 and -1, the batch first</td><td>–</td></tr>
 * <tr><td>Flatten</td><td>x</td><td>axis as in the file</td></tr>
 * <tr><td>DepthToSpace, SpaceToDepth</td><td>x [B, C, H, W]</td><td>blocksize; mode (CRD, DCR) for the former</td></tr>
 * <tr><td>Constant, ConstantOfShape, Shape, Gather, Cast, Range, Equal, Where, Floor</td><td colspan="2">never in a
 * network: what exporters write to compute shapes and constants is computed on reading. A Gather of one element of a
 * computed value becomes Slice and Squeeze, a Cast from float32 to float32 Identity</td></tr>
 * </table>
 *
 * <p>NaN, infinities and zeros go by IEEE 754; NaN passes through every operator, Relu, Clip, Max, Min and ReduceMax
 * included. The formulas and the order of sums are those of {@link org.reluctor.network.ReferenceExecutor}'s parts.
 */
package org.reluctor.network;
