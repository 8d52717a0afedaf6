/**
 * Operations in order, over two arenas of device memory: one of constants, one of tensors. A sequence runs as a launch
 * for each operation or as one launch for all of them.
 */
package org.reluctor.opencl.sequence;
