package org.reluctor.engine;

import org.reluctor.opencl.device.HostBuffer;
import org.reluctor.opencl.operation.Layout;

/** One tensor's way between the caller's frame-after-frame array and the device's layout; memory reused. */
final class FrameTransfer {
    private static final int LANES = Layout.GROUPS.framesPerGroup();

    private final int features;
    private final HostBuffer host;
    private final float[] grouped;

    FrameTransfer(int features, int maxBatch, Layout largest) {
        this.features = features;
        int elements = Math.toIntExact(largest.elements(maxBatch, features));
        this.host = new HostBuffer(elements);
        this.grouped = new float[elements];
    }

    HostBuffer host() {
        return host;
    }

    long lengthBytes(int frames, Layout layout) {
        return layout.elements(frames, features) * Float.BYTES;
    }

    /** Brings the caller's frames into the device's layout; lanes beyond the last frame are zero. */
    HostBuffer pack(float[] frameAfterFrame, int frames, Layout layout) {
        if (layout == Layout.FRAMES) {
            host.floats().put(0, frameAfterFrame, 0, frames * features);
            return host;
        }
        int padded = layout.groups(frames) * LANES;
        for (int frame = 0; frame < padded; frame++) {
            int to = frame / LANES * LANES * features + frame % LANES;
            for (int feature = 0; feature < features; feature++) {
                grouped[to + feature * LANES] = frame < frames ? frameAfterFrame[frame * features + feature] : 0;
            }
        }
        host.floats().put(0, grouped, 0, padded * features);
        return host;
    }

    /** Brings what was read from the device into the caller's frames. */
    void unpack(float[] frameAfterFrame, int frames, Layout layout) {
        if (layout == Layout.FRAMES) {
            host.floats().get(0, frameAfterFrame, 0, frames * features);
            return;
        }
        host.floats().get(0, grouped, 0, layout.groups(frames) * LANES * features);
        for (int frame = 0; frame < frames; frame++) {
            int from = frame / LANES * LANES * features + frame % LANES;
            for (int feature = 0; feature < features; feature++) {
                frameAfterFrame[frame * features + feature] = grouped[from + feature * LANES];
            }
        }
    }
}
