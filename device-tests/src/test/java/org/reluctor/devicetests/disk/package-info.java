/** Disks that are full and files that were damaged, wherever the runtime or its OpenCL driver writes. */
package org.reluctor.devicetests.disk;
