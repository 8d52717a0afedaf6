package org.reluctor.devicetests.refusal;

import java.util.Map;
import java.util.TreeMap;
import org.reluctor.devicetests.command.SmallNetworks;

/** A good frame of the sensors of this package, of which single fields can be spoilt. Changes itself. */
final class FrameSketch {
    static final int VERSION = 0;
    static final int SENSOR = 1;
    static final int BOOT = 2;
    static final int SEQ = 3;
    static final int T0 = 4;
    static final int RATE = 5;
    static final int MATRIX = 6;
    static final int SAMPLES = 7;
    static final int MEASUREMENTS = 8;
    static final int CHANNELS = 9;
    static final int SCALE = 10;
    static final int OFFSET = 11;
    static final int Y = 12;
    static final int FLOAT32 = 85;

    private final TreeMap<Integer, byte[]> fields = new TreeMap<>();
    private byte[] after = {};
    private int pairsAfter;

    FrameSketch(String sensor, long boot, long seq, float... y) {
        with(VERSION, Cbor.unsigned(1)).with(SENSOR, Cbor.text(sensor)).with(BOOT, Cbor.unsigned(boot));
        with(SEQ, Cbor.unsigned(seq)).with(RATE, Cbor.pair(360, 1));
        with(MATRIX, Cbor.bytes(Cbor.hex(SmallNetworks.matrix().id())));
        with(SAMPLES, Cbor.unsigned(SmallNetworks.N)).with(MEASUREMENTS, Cbor.unsigned(SmallNetworks.M));
        with(Y, Cbor.tagged(FLOAT32, Cbor.floats(y)));
    }

    /** Sets a field, present or not. */
    FrameSketch with(int key, byte[] value) {
        fields.put(key, value);
        return this;
    }

    FrameSketch without(int key) {
        fields.remove(key);
        return this;
    }

    /** Puts a further pair behind all others, in disregard of order. */
    FrameSketch then(int key, byte[] value) {
        after = Cbor.join(after, Cbor.unsigned(key), value);
        pairsAfter++;
        return this;
    }

    byte[] bytes() {
        return Cbor.join(Cbor.head(Cbor.MAP, fields.size() + pairsAfter), pairs());
    }

    /** The map's inside alone. */
    byte[] pairs() {
        byte[] all = {};
        for (Map.Entry<Integer, byte[]> field : fields.entrySet()) {
            all = Cbor.join(all, Cbor.unsigned(field.getKey()), field.getValue());
        }
        return Cbor.join(all, after);
    }
}
