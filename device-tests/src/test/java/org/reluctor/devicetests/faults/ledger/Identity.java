package org.reluctor.devicetests.faults.ledger;

import java.nio.charset.StandardCharsets;

/**
 * Who a frame or signal is. Read from the first bytes of a payload by a few lines of this file's own, so that the
 * runtime's codec is no judge in its own case.
 *
 * @param sensor site/sensor
 * @param boot   starts of the sensor
 * @param seq    number of the frame since
 */
public record Identity(String sensor, long boot, long seq) {
    private static final int MAP = 5;
    private static final int TAG = 6;
    private static final int SEQ_KEY = 3;

    /** The identity that a payload carries, be it in a COSE_Mac0 envelope; null where it carries none. */
    public static Identity of(byte[] payload) {
        try {
            return new Cursor(payload).identity();
        } catch (ArrayIndexOutOfBoundsException e) {
            return null;
        }
    }

    private static final class Cursor {
        private final byte[] bytes;
        private int at;

        Cursor(byte[] bytes) {
            this.bytes = bytes;
        }

        Identity identity() {
            if (major() == TAG) {
                enterEnvelope();
            }
            if (major() != MAP) {
                return null;
            }
            argument();
            String sensor = "";
            long boot = 0;
            for (long key = argument(); key < SEQ_KEY; key = argument()) {
                if (key == 1) {
                    int length = (int) argument();
                    sensor = new String(bytes, at, length, StandardCharsets.UTF_8);
                    at += length;
                } else {
                    boot = argument();
                }
            }
            return new Identity(sensor, boot, argument());
        }

        // Tag, array, protected header as bytes, map of the key's name as bytes, and the payload's head.
        private void enterEnvelope() {
            argument();
            argument();
            skipBytes();
            argument();
            argument();
            skipBytes();
            argument();
        }

        private void skipBytes() {
            int length = (int) argument();
            at += length;
        }

        private int major() {
            return bytes[at] >> 5 & 7;
        }

        /** Passes the head of an item and gives its argument (RFC 8949, section 3). */
        private long argument() {
            int low = bytes[at++] & 31;
            if (low < 24) {
                return low;
            }
            long value = 0;
            for (int left = 1 << low - 24; left > 0; left--) {
                value = value << 8 | bytes[at++] & 0xFF;
            }
            return value;
        }
    }
}
