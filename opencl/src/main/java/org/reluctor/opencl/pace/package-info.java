/** How work beside a stream leaves it the processor. */
package org.reluctor.opencl.pace;
