package org.reluctor.stream.pipeline;

/** What a sensor's frames have shown of themselves. Boot and seq are unsigned. Confined to the engine thread. */
interface SensorIdentities {
    /** What a frame is with regard to those before it. */
    enum Verdict {
        /** The next one, or the first that is seen at all. */
        NEXT,
        /** Frames are missing before it: {@link #missing()}. */
        GAP,
        /** The numbering began again without a new boot, as a sensor without non-volatile memory does. */
        RESTART,
        /** A frame that was taken before, or may have been. */
        DUPLICATE,
        /** Its boot lies before one that was seen. */
        BOOT_BACK
    }

    /**
     * Judges a frame and remembers it, unless it is a duplicate or goes back in boot. Allocates nothing.
     *
     * @param checksum CRC-32C of the payload
     */
    Verdict judge(long boot, long seq, int checksum);

    /** After {@link Verdict#GAP}: the frames missing, or -1 where a new boot did not start at 0. */
    long missing();
}
