/**
 * What is computed on a device: matrix products with a pointwise tail, and pointwise work alone. An operation checks
 * its arguments, writes its kernel's text, and makes {@link org.reluctor.opencl.operation.Launch}es.
 *
 * <p>Tensors lie in one of two layouts ({@link org.reluctor.opencl.operation.Layout}); each operation exists in a form
 * for CPUs and a plain one for everything else ({@link org.reluctor.opencl.operation.KernelForm}).
 */
package org.reluctor.opencl.operation;
