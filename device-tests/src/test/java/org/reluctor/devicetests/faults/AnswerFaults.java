package org.reluctor.devicetests.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.faults.wire.PacketRules;

/** Brokers that refuse signals, or take fewer or smaller ones. */
final class AnswerFaults {
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int QUOTA_EXCEEDED = 0x97;
    /** Below any signal, above what else the gateway sends downstream. */
    private static final int SMALL_PACKET = 150;

    private AnswerFaults() {
    }

    /** One sensor's signals: by mosquitto's access rules, or in the name of a broker that has none. */
    static void deny(Rig rig, Random random) throws IOException, InterruptedException {
        String sensor = Rig.SENSORS.get(random.nextInt(Rig.SENSORS.size()));
        rig.counts().takeRefusals();
        if (rig.signalBroker() instanceof Mosquitto broker) {
            rule(broker, without(sensor));
            last(random);
            rule(broker, BrokerKind.EVERYTHING);
        } else {
            rig.signalProxy().apply(PacketRules.refuse(signal(sensor)::equals, NOT_AUTHORIZED));
            last(random);
            rig.signalProxy().heal();
        }
        checkRefused(rig);
    }

    private static void checkRefused(Rig rig) {
        if (rig.counts().takeRefusals() == 0) {
            rig.violated("no signal came to be refused");
        }
    }

    private static List<String> without(String denied) {
        List<String> rules = new ArrayList<>(List.of("pattern read #"));
        Rig.SENSORS.stream().filter(sensor -> !sensor.equals(denied))
                .forEach(sensor -> rules.add("pattern write " + signal(sensor)));
        return rules;
    }

    private static void rule(Mosquitto broker, List<String> rules) throws IOException, InterruptedException {
        Files.write(broker.folder().resolve(BrokerKind.RULES), rules);
        broker.reload();
    }

    private static String signal(String sensor) {
        return "reluctor/v1/" + sensor + "/signal";
    }

    /** In the broker's name: none of the three can be told to. Any signal. */
    static void exceedQuota(Rig rig, Random random) throws InterruptedException {
        rig.counts().takeRefusals();
        rig.signalProxy().apply(PacketRules.refuse(topic -> topic.endsWith("/signal"), QUOTA_EXCEEDED));
        last(random);
        rig.signalProxy().heal();
        checkRefused(rig);
    }

    /** Stated by the broker at a new connection; the proxy counts what is under way. */
    static void receiveOneAtATime(Rig rig, Random random) throws InterruptedException {
        rig.signalProxy().apply(PacketRules.receiveMaximum(1));
        rig.signalProxy().cut();
        TimeUnit.MILLISECONDS.sleep(100);
        rig.counts().takeMostUnderWay();
        last(random);
        int most = rig.counts().takeMostUnderWay();
        if (most > 1) {
            rig.violated(most + " signals under way where the broker takes one");
        }
        rig.signalProxy().heal();
        rig.signalProxy().cut();
    }

    /** Stated by the broker at a new connection; the gateway has to hold its signals back. */
    static void limitPackets(Rig rig, Random random) throws InterruptedException {
        rig.signalProxy().apply(PacketRules.maximumPacketSize(SMALL_PACKET));
        rig.signalProxy().cut();
        TimeUnit.MILLISECONDS.sleep(100);
        rig.counts().takeSignals();
        last(random);
        int sent = rig.counts().takeSignals();
        if (sent > 0) {
            rig.violated(sent + " signals sent that are larger than the broker takes");
        }
        rig.signalProxy().heal();
        rig.signalProxy().cut();
    }

    private static void last(Random random) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(1500 + random.nextInt(2500));
    }
}
