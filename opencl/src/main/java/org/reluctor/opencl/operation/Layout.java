package org.reluctor.opencl.operation;

/** How the frames of a batch lie in a buffer. */
public enum Layout {
    /** Frame after frame, [frame][feature]: for one or a few frames. */
    FRAMES(1),
    /** Groups of 16 frames, [group][feature][16]: for many. The frames that fill up the last group are zero. */
    GROUPS(16);

    private final int framesPerGroup;

    Layout(int framesPerGroup) {
        this.framesPerGroup = framesPerGroup;
    }

    /** Frames that one step of a launch covers. */
    public int framesPerGroup() {
        return framesPerGroup;
    }

    /** Steps for so many frames. */
    public int groups(int frames) {
        return (frames + framesPerGroup - 1) / framesPerGroup;
    }

    /** Elements of a buffer for so many frames. */
    public long elements(int frames, long features) {
        return groups(frames) * framesPerGroup * features;
    }
}
