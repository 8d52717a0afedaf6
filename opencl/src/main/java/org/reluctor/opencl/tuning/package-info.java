/** Choices that depend on the class of a device and were found by measurement. */
package org.reluctor.opencl.tuning;
