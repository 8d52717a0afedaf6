/** Every operation on drivers other than the machine's own: another vendor's, and one that checks what kernels do. */
package org.reluctor.devicetests.portability;
