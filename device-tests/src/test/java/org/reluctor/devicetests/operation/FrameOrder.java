package org.reluctor.devicetests.operation;

import org.reluctor.opencl.operation.Layout;

/** Element by element, without regard to speed: where a frame's feature lies in each layout. */
final class FrameOrder {
    private FrameOrder() {
    }

    static float[] arrange(float[] frameAfterFrame, int frames, int features, Layout layout) {
        float[] arranged = new float[(int) layout.elements(frames, features)];
        for (int frame = 0; frame < frames; frame++) {
            for (int feature = 0; feature < features; feature++) {
                arranged[index(frame, feature, features, layout)] = frameAfterFrame[frame * features + feature];
            }
        }
        return arranged;
    }

    static void restore(float[] arranged, float[] frameAfterFrame, int frames, int features, Layout layout) {
        for (int frame = 0; frame < frames; frame++) {
            for (int feature = 0; feature < features; feature++) {
                frameAfterFrame[frame * features + feature] = arranged[index(frame, feature, features, layout)];
            }
        }
    }

    private static int index(int frame, int feature, int features, Layout layout) {
        int group = frame / layout.framesPerGroup();
        return (group * features + feature) * layout.framesPerGroup() + frame % layout.framesPerGroup();
    }
}
