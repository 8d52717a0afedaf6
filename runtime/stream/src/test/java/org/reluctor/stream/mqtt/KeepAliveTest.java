package org.reluctor.stream.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.stream.BrokerOptions;

@Timeout(30)
class KeepAliveTest {
    private static final int KEEP_ALIVE_SECONDS = 5;
    private static final byte[] CONNACK = {0x20, 3, 0, 0, 0};

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 16, 30, 60, 3600})
    void libraryKeepAliveSeconds_fourOfThem_areWithinOneAndAHalf(int seconds) {
        BrokerOptions broker = BrokerOptions.at("tcp://127.0.0.1:1").keepAliveSeconds(seconds).build();
        assertTrue(4 * PahoOptions.libraryKeepAliveSeconds(broker) <= 1.5 * seconds);
    }

    @Test
    void link_pingAnswersFarBehindMessages_staysUpAndASilentOneIsLost() throws Exception {
        try (Broker talking = new Broker(true); Broker silent = new Broker(false)) {
            MqttLink busy = talking.link();
            MqttLink dead = silent.link();
            assertTrue(work(busy, () -> busy.session() != null, 5000));
            assertTrue(work(dead, () -> dead.session() != null, 5000));
            long epoch = busy.session().epoch();
            BooleanSupplier lost = () -> {
                busy.doWork(System.nanoTime());
                return dead.session() == null;
            };
            assertTrue(work(dead, lost, 1500 * KEEP_ALIVE_SECONDS));
            dead.doWork(System.nanoTime());
            assertNotNull(dead.lastFailure());
            dead.close(false);
            // More than two intervals of the library's.
            work(busy, () -> busy.session() == null, 1000 * KEEP_ALIVE_SECONDS);
            assertNotNull(busy.session(), () -> String.valueOf(busy.lastFailure()));
            assertEquals(epoch, busy.session().epoch());
            busy.close(false);
        }
    }

    private static boolean work(MqttLink link, BooleanSupplier reached, long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!reached.getAsBoolean() && System.nanoTime() - end < 0) {
            link.doWork(System.nanoTime());
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return reached.getAsBoolean();
    }

    /** Accepts whoever comes and answers no ping; either says nothing more or publishes all the time. */
    private static final class Broker implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final boolean publishes;

        Broker(boolean publishes) throws IOException {
            this.publishes = publishes;
            Thread thread = new Thread(this::serve, "test-broker");
            thread.setDaemon(true);
            thread.start();
        }

        MqttLink link() {
            BrokerOptions options = BrokerOptions.at("tcp://127.0.0.1:" + server.getLocalPort())
                    .keepAliveSeconds(KEEP_ALIVE_SECONDS).build();
            Inbox forgetful = (session, topic, payload, qos, packetId, contentType) -> { };
            return new MqttLink(LinkPlan.subscriber(options, List.of(), forgetful), () -> { }, new Unheeding());
        }

        private void serve() {
            try (Socket first = server.accept()) {
                OutputStream out = first.getOutputStream();
                first.getInputStream().read();
                out.write(CONNACK);
                while (!server.isClosed()) {
                    if (publishes) {
                        out.write(message());
                    }
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            } catch (IOException | InterruptedException e) {
                // The test is over.
                return;
            }
        }

        private static byte[] message() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            new PacketWriter(bytes).publish(new OutboundMessage("t", new byte[9], 0, false, null, false), 0);
            return bytes.toByteArray();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
