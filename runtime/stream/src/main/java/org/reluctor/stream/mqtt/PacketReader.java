package org.reluctor.stream.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * What a connection brings, parted: PUBLISH and PUBACK go to {@link ConnectionPackets}, everything else to the client
 * library, which reads it here. The library would make some forty objects, 3 KB, of every small packet and hand it on
 * by another thread; here a message costs its payload. Confined to the library's receiving thread.
 *
 * <p>A packet is looked at once it is complete, so that a time limit that passes within one loses nothing.
 */
public final class PacketReader extends InputStream {
    private static final int FIRST_CAPACITY = 8192;
    private static final int MOST_LENGTH_BYTES = 4;

    private final InputStream in;
    private final PublishParser parser;
    private final ConnectionPackets packets;
    private final int maximumPacketBytes;
    private byte[] buffer = new byte[FIRST_CAPACITY];
    private int start;
    private int end;
    // What the library may still read of the packet at start.
    private int passed;

    /** @param maximumPacketBytes as told to the broker; a larger packet ends the connection */
    public PacketReader(InputStream in, int maximumPacketBytes, ConnectionPackets packets) {
        this.in = in;
        this.packets = packets;
        this.parser = new PublishParser(packets);
        this.maximumPacketBytes = maximumPacketBytes;
    }

    @Override
    public int read() throws IOException {
        if (!findPassed()) {
            return -1;
        }
        passed--;
        return buffer[start++] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!findPassed()) {
            return -1;
        }
        int count = Math.min(length, passed);
        System.arraycopy(buffer, start, into, offset, count);
        start += count;
        passed -= count;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Handles packets until one is the library's; false at the end of the stream. */
    private boolean findPassed() throws IOException {
        while (passed == 0) {
            int size = packetSize();
            if (size > 0 && size <= end - start) {
                take(size);
            } else if (!fill(size)) {
                return false;
            }
        }
        return true;
    }

    private void take(int size) throws IOException {
        int head = buffer[start] & 0xff;
        int body = start + 1 + lengthBytes();
        switch (head >>> 4) {
            case PacketType.PUBLISH -> parser.parse(buffer, body, start + size, head);
            case PacketType.PUBACK -> confirm(body, start + size);
            default -> {
                passed = size;
                return;
            }
        }
        start += size;
    }

    private void confirm(int body, int limit) throws IOException {
        if (limit - body < 2) {
            throw new IOException("the broker sent a PUBACK without packet id");
        }
        int packetId = (buffer[body] & 0xff) << 8 | buffer[body + 1] & 0xff;
        packets.confirmed(packetId, limit - body == 2 ? ReasonCode.SUCCESS : buffer[body + 2] & 0xff);
    }

    /** Bytes of the packet at start, head and all; 0 while they cannot be told yet. */
    private int packetSize() throws IOException {
        int digits = lengthBytes();
        if (digits == 0) {
            return 0;
        }
        int length = 0;
        for (int i = digits; i >= 1; i--) {
            length = length << 7 | buffer[start + i] & 0x7f;
        }
        int size = 1 + digits + length;
        if (size > maximumPacketBytes) {
            throw new IOException("the broker sent a packet of " + size + " bytes; at most " + maximumPacketBytes
                    + " had been asked for");
        }
        return size;
    }

    /** Digits of the length behind the packet's first byte (MQTT 5.0, section 1.5.5); 0 while the last is missing. */
    private int lengthBytes() throws IOException {
        for (int i = 1; start + i < end; i++) {
            if (i > MOST_LENGTH_BYTES) {
                throw new IOException("the broker sent a packet whose length has no end");
            }
            if (buffer[start + i] >= 0) {
                return i;
            }
        }
        return 0;
    }

    private boolean fill(int wanted) throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (wanted > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(wanted, 2 * buffer.length));
        }
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0) {
            return false;
        }
        end += count;
        packets.heard(count);
        return true;
    }
}
