package org.reluctor.opencl.binding;

import org.jocl.CL;
import org.reluctor.opencl.OpenClException;

/** Turns the status of a call into an exception that names it. */
final class Status {
    private Status() {
    }

    static void check(int status, String call) {
        check(status, call, "");
    }

    /** As {@link #check(int, String)}, with what the call was about: a kernel's name, a size. */
    static void check(int status, String call, String subject) {
        if (status != CL.CL_SUCCESS) {
            String about = subject.isEmpty() ? "" : " (" + subject + ")";
            throw new OpenClException(status, call + about + ": " + name(status));
        }
    }

    static String name(int status) {
        return CL.stringFor_errorCode(status);
    }
}
