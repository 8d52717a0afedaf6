package org.reluctor.stream.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.ConnectFailure;

/** A proxy that takes connections for a broker that is away, and hangs up at once. */
@Timeout(60)
class GreetingTest {
    private static final String CLIENT = "hung-up-on";
    private static final int ATTEMPTS = 5;

    private final AtomicInteger failures = new AtomicInteger();

    @Test
    void link_hungUpOnBeforeItsFirstPacket_leavesNoThreadBehind() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread hangingUp = new Thread(() -> hangUp(proxy), "hanging-up");
            hangingUp.setDaemon(true);
            hangingUp.start();
            BrokerOptions broker = BrokerOptions.at("tcp://127.0.0.1:" + proxy.getLocalPort()).clientId(CLIENT)
                    .connectTimeout(Duration.ofSeconds(5)).reconnectCap(Duration.ofMillis(100)).build();
            MqttLink link = new MqttLink(LinkPlan.publisher(broker), () -> { }, new Counting());
            while (failures.get() < ATTEMPTS) {
                link.doWork(System.nanoTime());
                TimeUnit.MILLISECONDS.sleep(1);
            }
            link.close(false);
        }
        for (int i = 0; i < 100 && threads() > 0; i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertEquals(0, threads(), () -> "after " + failures + " failures");
    }

    @Test
    void holdingBack_stoppedBeforeTheGreeting_endsTheRead() throws Exception {
        Greeting greeting = new Greeting();
        Thread reading = new Thread(() -> {
            try {
                assertEquals(-1, greeting.holdingBack(InputStream.nullInputStream()).read());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        reading.start();
        TimeUnit.MILLISECONDS.sleep(50);
        assertTrue(reading.isAlive(), "reads before the greeting");
        greeting.giveUp();
        reading.join(5000);
        assertEquals(Thread.State.TERMINATED, reading.getState());
    }

    private static long threads() {
        Thread[] all = new Thread[10 * Thread.activeCount()];
        int count = Thread.enumerate(all);
        return Stream.of(all).limit(count).filter(thread -> thread.getName().endsWith(CLIENT)).count();
    }

    private static void hangUp(ServerSocket proxy) {
        try {
            while (true) {
                proxy.accept().close();
            }
        } catch (IOException e) {
            // The test is over.
            return;
        }
    }

    private final class Counting implements LinkListener {
        @Override
        public void connected(MqttSession session) {
            throw new AssertionError("connected to nobody");
        }

        @Override
        public void disconnected(MqttSession session, ConnectFailure why) {
            throw new AssertionError("connected to nobody");
        }

        @Override
        public void connectFailed(ConnectFailure why, long retryInMillis) {
            failures.incrementAndGet();
        }
    }
}
