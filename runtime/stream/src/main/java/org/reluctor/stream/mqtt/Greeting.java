package org.reluctor.stream.mqtt;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLException;

/**
 * Has the client speak first, as MQTT has it anyway: what the other side says, its hanging up above all, is not read
 * before the first packet went out. The library starts its receiving thread, then waits until it sees that it runs; one
 * that has read the end of the stream by then does not run any more, and the library waits for ever: a thread lost at
 * each attempt to connect by way of a proxy or balancer that takes connections for a broker that is away.
 */
final class Greeting {
    private final CountDownLatch over = new CountDownLatch(1);

    /** The stream to read from; a read waits for the greeting. */
    InputStream holdingBack(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                await();
                return in.read();
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                await();
                return in.read(into, offset, length);
            }
        };
    }

    /**
     * The stream to write to; the first write, though it fail, is the greeting.
     *
     * @param in asked for the reason of a failure
     */
    OutputStream begunBy(OutputStream out, InputStream in) {
        return new FilterOutputStream(out) {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                try {
                    out.write(from, offset, length);
                } catch (IOException e) {
                    throw reason(e, in);
                } finally {
                    giveUp();
                }
            }
        };
    }

    // In TLS 1.3 a broker says what it has against a certificate when the client takes the handshake for done already,
    // and hangs up: the write breaks, and the reason is there to be read.
    private static IOException reason(IOException broken, InputStream in) {
        try {
            in.read();
            return broken;
        } catch (SSLException told) {
            return told;
        } catch (IOException e) {
            return broken;
        }
    }

    /** There will be no greeting: nobody waits for it any more. */
    void giveUp() {
        over.countDown();
    }

    private void await() throws IOException {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before the first packet was sent");
        }
    }
}
