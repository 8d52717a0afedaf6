package org.reluctor.devicetests.quality;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.reluctor.learn.data.Channel;
import org.reluctor.learn.data.DataFolder;

/** Windows of electrocardiograms in mV. */
final class Electrocardiograms {
    private static final String DEMONSTRATION = "org/reluctor/demo/mit-bih-208.s16le";
    private static final int ZERO = 1024;
    private static final float STEPS_A_MILLIVOLT = 200;

    private Electrocardiograms() {
    }

    /** Of the first signal of each of those records, one behind the other, as many as there are whole ones. */
    static List<List<float[]>> of(Path folder, List<String> records, int length) {
        DataFolder data = DataFolder.open(folder);
        List<List<float[]>> all = new ArrayList<>();
        for (String record : records) {
            Channel channel = data.recording(record).channel(0);
            float[] values = new float[channel.samples().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) channel.value(i);
            }
            all.add(windows(values, length, length));
        }
        return all;
    }

    /** Of the minute that the demonstration carries, {@code stride} samples apart. */
    static List<float[]> ofTheDemonstration(int length, int stride) throws IOException {
        try (InputStream in = Electrocardiograms.class.getClassLoader().getResourceAsStream(DEMONSTRATION)) {
            ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            float[] values = new float[bytes.remaining() / 2];
            for (int i = 0; i < values.length; i++) {
                values[i] = (bytes.getShort() - ZERO) / STEPS_A_MILLIVOLT;
            }
            return windows(values, length, stride);
        }
    }

    private static List<float[]> windows(float[] values, int length, int stride) {
        List<float[]> windows = new ArrayList<>();
        for (int at = 0; at + length <= values.length; at += stride) {
            windows.add(Arrays.copyOfRange(values, at, at + length));
        }
        return windows;
    }
}
