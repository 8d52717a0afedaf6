package org.reluctor.engine;

import org.reluctor.opencl.device.HostBuffer;

/** One tensor's way between the caller's frame-after-frame array and memory that a device copies; memory reused. */
final class FrameTransfer {
    private final int features;
    private final HostBuffer host;

    FrameTransfer(int features, int maxBatch) {
        this.features = features;
        this.host = new HostBuffer(Math.multiplyExact(maxBatch, features));
    }

    HostBuffer host() {
        return host;
    }

    long lengthBytes(int frames) {
        return (long) frames * features * Float.BYTES;
    }

    /** Refuses an array that is too short for so many frames. */
    void check(String what, float[] frameAfterFrame, int frames) {
        if (frameAfterFrame.length < frames * features) {
            throw new IllegalArgumentException(what + " has " + frameAfterFrame.length + " elements; " + frames
                    + " frames of " + features + " are " + frames * features);
        }
    }

    /** Takes the caller's frames. */
    HostBuffer pack(float[] frameAfterFrame, int frames) {
        host.floats().put(0, frameAfterFrame, 0, frames * features);
        return host;
    }

    /** Brings what was read from the device into the caller's frames. */
    void unpack(float[] frameAfterFrame, int frames) {
        host.floats().get(0, frameAfterFrame, 0, frames * features);
    }
}
