package org.reluctor.opencl.device;

import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.binding.Handle;

/** Where a session's programs come from. */
interface ProgramSupply {
    /**
     * Neither -cl-fast-relaxed-math nor -cl-mad-enable: what is certified is what runs, and NaN must pass through.
     * OpenCL C 1.2 is what the embedded compilers have.
     */
    String BUILD_OPTIONS = "-cl-std=CL1.2";

    /**
     * The built program of that source.
     *
     * @throws OpenClException if there is none and none can be made
     */
    Program program(Handle context, Device device, String source);
}
