package org.reluctor.devicetests.exchange;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.Topics;
import org.reluctor.stream.authentication.SensorKeyException;
import org.reluctor.stream.command.CommandEnvelopes;
import org.reluctor.stream.command.CommandMessage;
import org.reluctor.stream.command.CommandRefusal;

/** An operator's commands to one gateway, without the start of a process for each. One thread. */
final class OperatorLink implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(120);
    private static final long PAUSE_MILLIS = 110;

    private final String gateway;
    private final String topic;
    private final String answers;
    private final CommandEnvelopes envelopes;
    private final SignalLink in;
    private final SensorLink out;
    private final BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();

    /** @param gateway "site/instance" */
    OperatorLink(String broker, String gateway, Path key) throws SensorKeyException, InterruptedException {
        Topics topics = new Topics("reluctor");
        String[] names = gateway.split("/");
        this.gateway = gateway;
        this.topic = topics.command(names[0], names[1]);
        this.answers = topics.answer(names[0], names[1]) + "/operator";
        this.envelopes = new CommandEnvelopes(gateway, key);
        this.in = SignalLink.open(BrokerOptions.at(broker).clientId("operator").build(), List.of(answers),
                (where, payload) -> arrived.add(payload));
        this.out = SensorLink.open(BrokerOptions.at(broker).clientId("operator-out").build(), topics);
        if (!in.awaitConnected(CONNECT) || !out.awaitConnected(CONNECT)) {
            throw new IllegalStateException("the operator is not connected");
        }
    }

    /** Sends a command, no more than the gateway takes in a second, and waits for what it says. */
    CommandMessage send(String word, String argument) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        return sendNow(word, argument);
    }

    /** As {@link #send}, where the last command was long ago. */
    CommandMessage sendNow(String word, String argument) throws InterruptedException {
        CommandMessage command = new CommandMessage(gateway, System.currentTimeMillis(), word, argument);
        out.request(topic, envelopes.seal(command), answers, new byte[0], ANSWER);
        byte[] payload = arrived.poll(ANSWER.toSeconds(), TimeUnit.SECONDS);
        if (payload == null) {
            throw new IllegalStateException(word + " was not answered within " + ANSWER.toSeconds() + " s");
        }
        try {
            return envelopes.openAnswer(payload);
        } catch (CommandRefusal forged) {
            throw new IllegalStateException(forged);
        }
    }

    @Override
    public void close() {
        in.close();
        out.close();
    }
}
