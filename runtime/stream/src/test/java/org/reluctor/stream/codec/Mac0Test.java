package org.reluctor.stream.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Mac0Test {
    private static final String SENSOR = Vectors.SENSOR;
    private static final byte[] FRAME = Vectors.payload("frame-s16");

    private final FrameKey key = new FrameKey(bytes(1));
    private final Mac0Reader reader = new Mac0Reader(1024);
    private final byte[] good = new Mac0Writer().write(FRAME, SENSOR, key);

    private static byte[] bytes(int seed) {
        byte[] bytes = new byte[FrameKey.BYTES];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @Test
    void read_vector_opensAndHoldsItsFrame() {
        FrameKey vectorKey = new FrameKey(HexFormat.of().parseHex(Vectors.meaning("envelope").get("key").textValue()));
        byte[] envelope = Vectors.payload("envelope");
        assertNull(reader.read(envelope, SENSOR, vectorKey), reader::faultDetail);
        assertArrayEquals(FRAME, Arrays.copyOfRange(envelope, reader.payloadStart(),
                reader.payloadStart() + reader.payloadLength()));
        assertArrayEquals(envelope, new Mac0Writer().write(FRAME, SENSOR, vectorKey));
    }

    /** What is wrong with the envelope, as a change of its bytes in hexadecimal. */
    @ParameterizedTest
    @CsvSource({
        "d184, 84, ENVELOPE", "d184, d284, ENVELOPE", "d184, d185, ENVELOPE", "43a10105, 43a10104, ALGORITHM",
        "43a10105, 40, ALGORITHM", "43a10105, 45a201050401, ALGORITHM", "43a10105a104, 43a10105a103, KEY_ID",
        "43a10105a104, 43a10105a204, KEY_ID", "646d, 646e, KEY_ID"})
    void read_alteredHead_isRefusedAsWhatItIs(String from, String to, FrameFault fault) {
        String hex = HexFormat.of().formatHex(good);
        String altered = from.equals("646d") ? hex.replaceFirst("77617264332f", "77617264342f")
                : hex.replaceFirst(from, to);
        assertEquals(fault, reader.read(HexFormat.of().parseHex(altered), SENSOR, key), altered);
        assertTrue(reader.faultDetail().length() > 10);
    }

    @Test
    void read_anyByteChanged_isRefused() {
        for (int i = 0; i < good.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] altered = good.clone();
                altered[i] ^= (byte) (1 << bit);
                assertNotNull(reader.read(altered, SENSOR, key), "bit " + bit + " of byte " + i);
            }
        }
    }

    @Test
    void read_cutAnywhereOrLonger_isRefused() {
        for (int length = 0; length < good.length; length++) {
            assertEquals(FrameFault.ENVELOPE, reader.read(Arrays.copyOf(good, length), SENSOR, key), "at " + length);
        }
        assertEquals(FrameFault.ENVELOPE, reader.read(Arrays.copyOf(good, good.length + 1), SENSOR, key));
    }

    @Test
    void read_macCutToHalf_isRefused() {
        CborWriter cbor = new CborWriter(256);
        cbor.tag(17);
        cbor.array(4);
        cbor.bytes(new byte[] {(byte) 0xa1, 1, 5});
        cbor.map(1);
        cbor.unsigned(4);
        cbor.bytes(SENSOR.getBytes(StandardCharsets.US_ASCII));
        cbor.bytes(FRAME);
        cbor.bytes(Arrays.copyOfRange(good, good.length - 32, good.length - 16));
        assertEquals(FrameFault.MAC, reader.read(cbor.toByteArray(), SENSOR, key));
    }

    @Test
    void read_otherKeyOrOtherSensor_isRefused() {
        assertEquals(FrameFault.MAC, reader.read(good, SENSOR, new FrameKey(bytes(2))));
        assertEquals(FrameFault.KEY_ID, reader.read(good, "ward3/ecg-8", key));
    }

    @Test
    void read_plainFrameOrTooLarge_isRefused() {
        assertEquals(FrameFault.ENVELOPE, reader.read(FRAME, SENSOR, key));
        assertEquals(FrameFault.TOO_LARGE, reader.read(new byte[1025], SENSOR, key));
    }

    @Test
    void new_keyOfOtherLength_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new FrameKey(new byte[31]));
    }
}
