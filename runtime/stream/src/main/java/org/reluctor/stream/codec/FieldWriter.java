package org.reluctor.stream.codec;

/** Writes the fields that frames and signals share. */
final class FieldWriter {
    private static final int VERSION = 1;

    private FieldWriter() {
    }

    /** Keys 0 to 3. */
    static void identity(CborWriter cbor, String sensor, long boot, long seq) {
        cbor.unsigned(FieldKey.VERSION);
        cbor.unsigned(VERSION);
        cbor.unsigned(FieldKey.SENSOR);
        cbor.text(sensor);
        cbor.unsigned(FieldKey.BOOT);
        cbor.unsigned(boot);
        cbor.unsigned(FieldKey.SEQ);
        cbor.unsigned(seq);
    }

    /** Keys 4, if there is a clock, and 5. */
    static void time(CborWriter cbor, boolean hasT0, long t0, long rateNumerator, long rateDenominator) {
        if (hasT0) {
            cbor.unsigned(FieldKey.T0);
            cbor.integer(t0);
        }
        cbor.unsigned(FieldKey.RATE);
        cbor.array(2);
        cbor.integer(rateNumerator);
        cbor.integer(rateDenominator);
    }

    static void float32(CborWriter cbor, int key, float value) {
        cbor.unsigned(key);
        cbor.float32(value);
    }
}
