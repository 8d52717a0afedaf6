/** The only package that knows JOCL: each class covers one part of the OpenCL API and speaks in {@link Handle}s. */
package org.reluctor.opencl.binding;
