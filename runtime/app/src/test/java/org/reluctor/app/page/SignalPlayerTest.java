package org.reluctor.app.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.reluctor.stream.codec.SignalFields;
import org.reluctor.stream.codec.SignalWriter;

class SignalPlayerTest {
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private final SignalPlayer player = new SignalPlayer();

    @Test
    void advance_atTheSignalsPace_givesItsSamplesAndJoinsWhatFollows() {
        add(7, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        add(8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20);
        List<SignalPlayer.Stretch> first = player.advance(0.55, waiting::poll);
        assertEquals(1, first.size());
        assertArrayEquals(new float[] {1, 2, 3, 4, 5}, first.get(0).points());
        assertFalse(first.get(0).joined());
        List<SignalPlayer.Stretch> rest = player.advance(0.6, waiting::poll);
        assertArrayEquals(new float[] {6, 7, 8, 9, 10}, rest.get(0).points());
        assertArrayEquals(new float[] {11}, rest.get(1).points());
        assertTrue(rest.get(1).joined());
        assertEquals(1.0, rest.get(1).seconds(), 1e-9);
    }

    @Test
    void advance_afterAMissingFrameOrNone_breaksTheCurve() {
        add(1, 2, 1, 2);
        assertEquals(1, player.advance(5, waiting::poll).size());
        assertEquals(List.of(), player.advance(5, waiting::poll));
        add(3, 2, 5, 6);
        SignalPlayer.Stretch stretch = player.advance(5, waiting::poll).get(0);
        assertFalse(stretch.joined());
        assertEquals(1, stretch.seconds(), 1e-9, "what is shown has no holes in its time");
    }

    @Test
    void advance_slowSensor_drawsItsWindowInASecondAndTellsTheSpeed() {
        add(0, 0.5, 1, 2, 3, 4);
        SignalPlayer.Stretch stretch = player.advance(1, waiting::poll).get(0);
        assertArrayEquals(new float[] {1, 2, 3, 4}, stretch.points());
        assertEquals(8, stretch.speed(), 1e-9);
    }

    @Test
    void advance_moreSamplesThanAScreenShows_keepsEveryPeak() {
        float[] x = new float[48_000];
        x[31_234] = 5;
        x[40_001] = -3;
        add(0, 48_000, x);
        float[] points = player.advance(1, waiting::poll).get(0).points();
        assertEquals(SignalPlayer.MOST_POINTS_PER_SECOND, points.length);
        float most = 0;
        float least = 0;
        for (float point : points) {
            most = Math.max(most, point);
            least = Math.min(least, point);
        }
        assertEquals(5, most);
        assertEquals(-3, least);
    }

    private void add(long seq, double rate, float... x) {
        SignalFields fields = new SignalFields().identity("lab/s", 1, seq).rate(Math.round(rate * 2), 2)
                .shape(1, x.length).model(1).residual(0.1f);
        waiting.add(new SignalWriter().write(fields, x, 0));
    }
}
