/**
 * What is computed on a device: matrix products, convolutions and folds with a pointwise tail, and pointwise work
 * alone. An operation checks its arguments, writes its kernel's text, and counts its work.
 *
 * <p>Tensors lie frame after frame. Operations exist in several forms, for CPUs, GPUs, FPGAs and anything else
 * ({@link org.reluctor.opencl.operation.KernelForm}).
 */
package org.reluctor.opencl.operation;
