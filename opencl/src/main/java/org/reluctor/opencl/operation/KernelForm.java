package org.reluctor.opencl.operation;

/** Which form of an operation's kernel runs. */
public enum KernelForm {
    /** Panels of 16 rows in float16 vectors, work-groups of one: CPUs, where a work-item is a core's whole loop. */
    PANEL,
    /** One work-item for each result: any driver's common ground. */
    PLAIN,
    /** Work-groups of 256 items that share local memory: GPUs. */
    TILED,
    /**
     * One work-item for a whole frame, loops of fixed length, sizes compiled in: FPGAs, whose compilers make a pipeline
     * of it. OpenCL C 1.2 of the embedded profile.
     */
    PIPELINE;

    /** Whether the form's kernels read weights of that format. */
    public boolean reads(WeightFormat format) {
        return switch (this) {
            case PLAIN -> format == WeightFormat.FLOAT32;
            case PIPELINE -> format != WeightFormat.FLOAT16;
            default -> true;
        };
    }
}
