package org.reluctor.opencl.operation;

/** Which form of an operation's kernel runs. */
public enum KernelForm {
    /** Panels of 16 rows in float16 vectors, work-groups of one: CPUs, where a work-item is a core's whole loop. */
    PANEL,
    /** One work-item for each result: GPUs, and any driver's common ground. */
    PLAIN
}
