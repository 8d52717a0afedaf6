package org.reluctor.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RecordingTest {
    private final Recording recording = Recording.mitBih208();

    @Test
    void mitBih208_decoded_holdsAMinuteAt360Hz() {
        assertEquals(60 * recording.sampleRateHz(), recording.length());
        assertEquals(360, recording.sampleRateHz());
        assertEquals(200, recording.stepsPerMillivolt());
    }

    @Test
    void mitBih208_decoded_hasTheRecordsFirstSamplesAndRange() {
        int[] first = {-49, -43, -37, -35, -34};
        int low = 0;
        int high = 0;
        for (int i = 0; i < recording.length(); i++) {
            low = Math.min(low, recording.step(i));
            high = Math.max(high, recording.step(i));
        }
        for (int i = 0; i < first.length; i++) {
            assertEquals(first[i], recording.step(i), "sample " + i);
        }
        assertEquals(-371, low);
        assertEquals(730, high);
        assertEquals(730, recording.peak());
    }

    @Test
    void resource_hashed_isTheOneThatItsOriginFileNames() throws Exception {
        String origin;
        byte[] samples;
        try (InputStream text = Recording.class.getResourceAsStream("mit-bih-208.md");
                InputStream data = Recording.class.getResourceAsStream("mit-bih-208.s16le")) {
            origin = new String(text.readAllBytes(), StandardCharsets.UTF_8);
            samples = data.readAllBytes();
        }
        String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(samples));
        assertTrue(origin.contains(sha256), sha256);
        assertTrue(origin.contains("Open Data Commons Attribution"), origin);
    }
}
