package org.reluctor.devicetests.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.reluctor.devicetests.faults.wire.Direction;
import org.reluctor.devicetests.faults.wire.FaultProxy.Stall;
import org.reluctor.devicetests.faults.wire.PacketRules;
import org.reluctor.devicetests.faults.wire.PacketType;
import org.reluctor.devicetests.faults.wire.WireClient;

/** The kinds of faults that a gateway's process outlives. */
enum SoakFault {
    CUT("connections cut") {
        @Override
        void inject(SoakSite site, Duration outage) {
            site.sensorSide().cut();
            site.downstream().cut();
        }
    },
    HALF_OPEN("both links half-open") {
        @Override
        void inject(SoakSite site, Duration outage) throws InterruptedException {
            site.sensorSide().stall(Stall.SWALLOWED);
            site.downstream().stall(Stall.SWALLOWED);
            Thread.sleep(outage.toMillis());
        }
    },
    BAD_FRAMES("200 bad frames") {
        @Override
        void inject(SoakSite site, Duration outage) throws IOException {
            Random random = new Random(8);
            try (WireClient client = WireClient.connect(site.sensorBroker().port(), "soak-vandal", 0)) {
                for (int i = 1; i <= BAD; i++) {
                    byte[] frame = new byte[random.nextInt(400)];
                    random.nextBytes(frame);
                    client.publish("reluctor/v1/" + site.sensors().get(0) + "/frame", i, frame);
                }
                for (int answered = 0; answered < BAD;) {
                    answered += client.read().type() == PacketType.PUBACK ? 1 : 0;
                }
            }
        }
    },
    BROKER_RESTARTED("sensors' broker restarted") {
        @Override
        void inject(SoakSite site, Duration outage) throws IOException, InterruptedException {
            site.sensorBroker().stop();
            site.sensorBroker().restart();
        }
    },
    DROPPED_CONFIRMATION("PUBACK dropped") {
        @Override
        void inject(SoakSite site, Duration outage) throws InterruptedException {
            AtomicInteger left = new AtomicInteger(1);
            site.downstream().apply(PacketRules.drop(Direction.TO_CLIENT, PacketType.PUBACK, left));
            while (left.get() > 0) {
                Thread.sleep(10);
            }
        }
    },
    DELAY("packets delayed 5 ms") {
        @Override
        void inject(SoakSite site, Duration outage) throws InterruptedException {
            site.sensorSide().delay(Duration.ofMillis(5));
            site.downstream().delay(Duration.ofMillis(5));
            Thread.sleep(outage.toMillis());
        }
    },
    REFUSED_SIGNAL("signals refused") {
        @Override
        void inject(SoakSite site, Duration outage) throws InterruptedException {
            String refused = "/" + site.sensors().get(0) + "/";
            site.downstream().apply(PacketRules.refuse(topic -> topic.contains(refused), NOT_AUTHORIZED));
            Thread.sleep(outage.toMillis());
        }
    },
    DOWNSTREAM_AWAY("downstream broker away") {
        @Override
        void inject(SoakSite site, Duration outage) throws IOException, InterruptedException {
            site.downstreamBroker().stop();
            Thread.sleep(outage.toMillis());
            site.downstreamBroker().restart();
        }
    };

    private static final int BAD = 200;
    private static final int NOT_AUTHORIZED = 0x87;

    private final String title;

    SoakFault(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Injects it and returns when it is over; what is left of it on the wires is healed by the caller. */
    abstract void inject(SoakSite site, Duration outage) throws IOException, InterruptedException;
}
