package org.reluctor.learn.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class WindowGalleryTest {
    @Test
    void add_manyWindows_keepsTheWorstAndOneOfEachRecord() {
        WindowGallery gallery = new WindowGallery();
        for (int record = 0; record < 8; record++) {
            double[] truth = new double[20];
            double[] recovered = new double[20];
            int[] starts = new int[10];
            for (int window = 0; window < 10; window++) {
                truth[2 * window] = 1;
                recovered[2 * window] = 1 - 0.01 * ((window * 7 + record) % 10) - 0.1 * record;
                starts[window] = 2 * window;
            }
            gallery.add(new RecoveredSignal("r" + record, 2, starts, truth, recovered), 360, "mV");
        }
        assertEquals(80, gallery.errors().length);
        assertEquals(List.of("r0", "r1", "r2", "r3", "r4", "r5"),
                gallery.chosen().stream().map(WindowGallery.Window::record).toList());
        assertEquals(10, gallery.chosen().get(0).start());
        assertArrayEquals(new double[] {79, 78, 77, 76, 75, 74},
                gallery.worst().stream().mapToDouble(WindowGallery.Window::prd).toArray(), 1e-9);
        assertArrayEquals(new double[] {1, 0}, gallery.worst().get(0).truth());
    }
}
