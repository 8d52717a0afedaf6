package org.reluctor.devicetests.faults.ledger;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.reluctor.devicetests.faults.wire.MqttPacket;
import org.reluctor.devicetests.faults.wire.PacketType;
import org.reluctor.devicetests.faults.wire.WireClient;

/**
 * A subscriber with a durable session straight at the broker: writes every signal into the {@link Ledger}, and only
 * then acknowledges it. Connects again whenever the broker goes.
 */
public final class SignalSubscriber implements AutoCloseable {
    private static final int EXPIRY_SECONDS = 86_400;
    private static final long RETRY_MILLIS = 20;
    private static final String SIGNALS = "reluctor/v1/+/+/signal";

    private final int brokerPort;
    private final String clientId;
    private final Ledger ledger;
    private final Thread thread;
    private volatile WireClient connection;
    private volatile int subscriptions;
    private volatile boolean closed;

    /** Starts to connect. */
    public SignalSubscriber(int brokerPort, String clientId, Ledger ledger) {
        this.brokerPort = brokerPort;
        this.clientId = clientId;
        this.ledger = ledger;
        this.thread = new Thread(this::run, "signal-subscriber");
        thread.setDaemon(true);
        thread.start();
    }

    /** How often the broker has confirmed the subscription, which is asked for at every connection. */
    public int subscriptions() {
        return subscriptions;
    }

    private void run() {
        while (!closed) {
            try (WireClient client = WireClient.connect(brokerPort, clientId, EXPIRY_SECONDS)) {
                connection = client;
                client.subscribe(1, SIGNALS);
                while (!closed) {
                    take(client);
                }
            } catch (IOException e) {
                // The broker is away, which is what the test is about.
                pause();
            }
        }
    }

    private void take(WireClient client) throws IOException {
        MqttPacket packet = client.read();
        if (packet.type() == PacketType.SUBACK) {
            subscriptions++;
        } else if (packet.type() == PacketType.PUBLISH) {
            ledger.received(packet.payload(), System.nanoTime());
            client.acknowledge(packet.packetId());
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** Leaves its session at the broker. */
    @Override
    public void close() throws IOException {
        closed = true;
        WireClient open = connection;
        if (open != null) {
            open.close();
        }
        thread.interrupt();
    }
}
