package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.reluctor.devicetests.refusal.Cbor;
import org.reluctor.stream.codec.Frame;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.codec.FrameReader;

/** Frames put together field by field, so that what lies behind the outer checks is reached: most are whole maps. */
class FrameFieldsFuzzTest {
    private static final ReaderPromise PROMISE = ReaderPromise.of(8 << 10, 0);
    private static final int LAST_KEY = 23;
    private static final int[] TAGS = {85, 84, 77, 69, 78, 72, 64};
    private static final int[] WIDTHS = {4, 2, 2, 2, 4, 1, 1};

    private final FrameReader reader = new FrameReader(FrameTrip.LIMITS);
    private final FrameTrip trip = new FrameTrip();
    private final Frame frame = new Frame();

    @FuzzTest
    void frameFields(FuzzedDataProvider data) throws Exception {
        byte[] payload = payload(data);
        FrameFault fault = PROMISE.read(payload.length, () -> reader.read(payload, Seeds.SENSOR, frame));
        if (fault == null) {
            trip.check(frame);
        } else {
            ReaderPromise.checkSentence(reader.faultField() + ": " + reader.faultDetail());
        }
    }

    private static byte[] payload(FuzzedDataProvider data) {
        int channels = data.consumeInt(1, 4);
        int m = data.consumeInt(1, 64);
        // Of the optional fields any, of the others all but now and then one.
        int present = data.consumeInt() & 0b110_1110_0001_0000 | 0b001_0001_1110_1111;
        int spoilt = data.consumeInt(0, 3 * LAST_KEY);
        byte[] pairs = {};
        int count = 0;
        for (int key = 0; key <= LAST_KEY; key++) {
            if ((present >>> key & 1) == 0 && key != spoilt) {
                continue;
            }
            byte[] value = key == spoilt ? any(data) : good(key, m, channels, data);
            pairs = Cbor.join(pairs, Cbor.unsigned(key), value);
            count++;
        }
        return Cbor.join(Cbor.head(Cbor.MAP, count), pairs, data.consumeRemainingAsBytes());
    }

    private static byte[] good(int key, int m, int channels, FuzzedDataProvider data) {
        return switch (key) {
            case 0 -> Cbor.unsigned(1);
            case 1 -> Cbor.text(Seeds.SENSOR);
            case 2, 3 -> Cbor.unsigned(data.consumeLong());
            case 4 -> Cbor.head(data.consumeInt(0, 1), data.consumeLong());
            case 5 -> Cbor.pair(data.consumeLong(1, Long.MAX_VALUE), data.consumeLong(1, 1000));
            case 6 -> Cbor.bytes(new byte[8]);
            case 7 -> Cbor.unsigned(data.consumeInt(1, 4096));
            case 8 -> Cbor.unsigned(m);
            case 9 -> Cbor.unsigned(channels);
            case 10, 11 -> Cbor.float32(data.consumeFloat());
            case 12 -> array(m * channels, data);
            case 13 -> array(2 * channels, data);
            case 14 -> Cbor.pair(data.consumeLong(), 2);
            default -> any(data);
        };
    }

    private static byte[] array(int count, FuzzedDataProvider data) {
        int type = data.consumeInt(0, TAGS.length - 1);
        int length = WIDTHS[type] * count;
        byte[] elements = new byte[length];
        byte[] given = data.consumeBytes(length);
        System.arraycopy(given, 0, elements, 0, given.length);
        return Cbor.tagged(TAGS[type], elements);
    }

    /** A head of any kind, with any bytes behind it. */
    private static byte[] any(FuzzedDataProvider data) {
        return Cbor.join(Cbor.head(data.consumeInt(0, 7), data.consumeLong()), data.consumeBytes(64));
    }
}
