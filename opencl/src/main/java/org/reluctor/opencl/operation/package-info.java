/**
 * What is computed on a device: matrix products with a pointwise tail, and pointwise work alone. An operation checks
 * its arguments, writes its kernel's text, and counts its work.
 *
 * <p>Tensors lie frame after frame. Each operation exists in a form for CPUs and a plain one for everything else
 * ({@link org.reluctor.opencl.operation.KernelForm}).
 */
package org.reluctor.opencl.operation;
