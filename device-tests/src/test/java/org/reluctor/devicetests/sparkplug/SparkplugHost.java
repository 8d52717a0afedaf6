package org.reluctor.devicetests.sparkplug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.eclipse.tahu.message.SparkplugBPayloadDecoder;
import org.eclipse.tahu.message.SparkplugBPayloadEncoder;
import org.eclipse.tahu.message.model.Metric;
import org.eclipse.tahu.message.model.Metric.MetricBuilder;
import org.eclipse.tahu.message.model.MetricDataType;
import org.eclipse.tahu.message.model.SparkplugBPayload;
import org.eclipse.tahu.message.model.SparkplugBPayload.SparkplugBPayloadBuilder;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.Topics;

/**
 * A host application of Sparkplug B with Tahu's own decoder, for one edge node. It keeps what is alive, and asserts of
 * every message what the specification (3.0.0) says of its place in the order: numbers without a hole from a birth on,
 * births before data, data of metrics that the birth has named and that have changed, a death that belongs to the
 * birth.
 */
final class SparkplugHost implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SignalLink link;
    private final SensorLink commands;
    private final String commandTopic;
    private final List<String> heard = new ArrayList<>();
    private final Map<String, Map<String, Metric>> alive = new HashMap<>();
    private Throwable fault;
    private long sequence;
    private long birthDeath = -1;
    private boolean away;

    private SparkplugHost(String broker, String group, String node) {
        commandTopic = "spBv1.0/" + group + "/NCMD/" + node;
        link = SignalLink.open(BrokerOptions.at(broker).clientId("host-" + System.nanoTime()).credentials("host", null)
                .sessionExpirySeconds(0).reconnectCap(Duration.ofMillis(200)).build(),
                List.of("spBv1.0/" + group + "/+/" + node + "/#"), this::arrived);
        commands = SensorLink.open(BrokerOptions.at(broker).clientId("host-commands-" + System.nanoTime())
                .credentials("host", null).build(), new Topics("reluctor"));
    }

    static SparkplugHost open(String broker, String group, String node) throws InterruptedException {
        SparkplugHost host = new SparkplugHost(broker, group, node);
        assertTrue(host.link.awaitConnected(PATIENCE) && host.commands.awaitConnected(PATIENCE));
        return host;
    }

    private synchronized void arrived(String topic, byte[] payload) {
        String[] levels = topic.split("/");
        if (levels[2].equals("NCMD") || fault != null || away && !levels[2].equals("NBIRTH")) {
            return;
        }
        away = false;
        try {
            SparkplugBPayload message = new SparkplugBPayloadDecoder().buildFromByteArray(payload, null);
            check(levels[2], levels.length > 4 ? levels[4] : "", message);
        } catch (Exception | AssertionError e) {
            fault = new AssertionError(topic + ": " + e.getMessage(), e);
        }
        heard.add(levels[2] + (levels.length > 4 ? " " + levels[4] : ""));
        notifyAll();
    }

    private void check(String type, String device, SparkplugBPayload message) {
        assertNotNull(message.getTimestamp(), "timestamp");
        Map<String, Metric> metrics = new HashMap<>();
        message.getMetrics().forEach(metric -> metrics.put(metric.getName(), metric));
        switch (type) {
            case "NBIRTH" -> {
                assertEquals(0, message.getSeq(), "number of a node's birth");
                assertTrue(metrics.containsKey("Node Control/Rebirth"), "no way to ask for a rebirth");
                birthDeath = (Long) metrics.get("bdSeq").getValue();
                alive.clear();
                alive.put("", metrics);
            }
            case "NDEATH" -> {
                assertEquals(birthDeath, metrics.get("bdSeq").getValue(), "bdSeq of the death");
                alive.clear();
                return;
            }
            default -> {
                assertEquals(sequence + 1 & 0xFF, message.getSeq(), "number");
                assertTrue(alive.containsKey(""), "the node was not born");
                checkDevice(type, device, metrics);
            }
        }
        sequence = message.getSeq();
    }

    private void checkDevice(String type, String device, Map<String, Metric> metrics) {
        if (type.equals("DBIRTH")) {
            alive.put(device, metrics);
            return;
        }
        assertTrue(alive.containsKey(device), type + " before a birth");
        if (type.equals("DDEATH")) {
            alive.remove(device);
            return;
        }
        assertTrue(alive.get(device).keySet().containsAll(metrics.keySet()), "not named by the birth: " + metrics);
        metrics.forEach((name, metric) -> {
            // Samples are told with every signal: of a flat one, they are the same again.
            assertFalse(!name.equals("Signal/Samples") && Objects.equals(alive.get(device).get(name).getValue(),
                    metric.getValue()), () -> name + " has not changed");
            assertEquals(alive.get(device).get(name).getDataType(), metric.getDataType(), name);
            alive.get(device).put(name, metric);
        });
    }

    /** Waits until what was heard, as type and device, in order, fulfils this. */
    synchronized void await(String what, Predicate<List<String>> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!wanted.test(heard)) {
            checkFault();
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            assertTrue(leftMillis > 0, () -> "no " + what + " in " + heard);
            wait(leftMillis);
        }
        checkFault();
    }

    @Override
    public synchronized String toString() {
        return (fault == null ? "" : fault + ", ") + "heard " + heard;
    }

    synchronized void checkFault() {
        if (fault != null) {
            throw new AssertionError(fault);
        }
    }

    /** How many messages of that type, and device, were heard. */
    synchronized long count(String message) {
        return heard.stream().filter(message::equals).count();
    }

    /** The last values of a device by name, of one moment; the node's own for the device "". */
    synchronized Map<String, Object> values(String device) {
        Map<String, Object> values = new HashMap<>();
        alive.get(device).forEach((name, metric) -> values.put(name, metric.getValue()));
        return values;
    }

    /** Messages heard. */
    synchronized int messages() {
        return heard.size();
    }

    /** Of the last birth. */
    synchronized long birthDeathSequence() {
        return birthDeath;
    }

    /** Heeds nothing before the next birth: its own connection may come back later than the node's. */
    synchronized void goAway() {
        away = true;
        heard.clear();
    }

    void askForRebirth() throws Exception {
        Metric wish = new MetricBuilder("Node Control/Rebirth", MetricDataType.Boolean, true).createMetric();
        send(new SparkplugBPayloadEncoder().getBytes(new SparkplugBPayloadBuilder().addMetric(wish).createPayload(),
                false));
    }

    void send(byte[] command) throws InterruptedException {
        commands.publish(commandTopic, command, 1, null);
        assertTrue(commands.flush(PATIENCE));
    }

    @Override
    public void close() {
        link.close();
        commands.close();
    }
}
