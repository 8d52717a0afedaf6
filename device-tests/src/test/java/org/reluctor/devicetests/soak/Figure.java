package org.reluctor.devicetests.soak;

/** What a gateway holds and must not hold more of with time. An hour may add one unit at most. */
enum Figure {
    /** Java heap in use right after a full collection. */
    HEAP("live heap", "MB", 1e6),
    /** Memory of the process, code and mapped files included, as Linux counts it page by page. */
    RESIDENT("resident memory", "MB", 1e6),
    /** Open file descriptors. */
    HANDLES("handles", "", 1),
    /** The OpenCL driver's among them. */
    THREADS("threads", "", 1),
    /** Contexts, queues, programs, kernels and buffers. */
    DEVICE_OBJECTS("OpenCL objects", "", 1),
    /** In OpenCL buffers. */
    DEVICE_MEMORY("OpenCL buffers", "MB", 1e6);

    /** The most that the upper end of a slope's interval may say, in units an hour. */
    static final double MOST_AN_HOUR = 1;

    private final String title;
    private final String unit;
    private final double scale;

    Figure(String title, String unit, double scale) {
        this.title = title;
        this.unit = unit;
        this.scale = scale;
    }

    String title() {
        return title;
    }

    /** Empty for what is counted. */
    String unit() {
        return unit;
    }

    /** Of bytes or a count. */
    double inUnits(double raw) {
        return raw / scale;
    }
}
