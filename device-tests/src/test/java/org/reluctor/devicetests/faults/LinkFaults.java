package org.reluctor.devicetests.faults;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.reluctor.devicetests.faults.wire.Direction;
import org.reluctor.devicetests.faults.wire.FaultProxy;
import org.reluctor.devicetests.faults.wire.FaultProxy.Stall;
import org.reluctor.devicetests.faults.wire.PacketRules;
import org.reluctor.devicetests.faults.wire.PacketType;

/** Links between the gateway and its brokers that break, stall or lose a packet. */
final class LinkFaults {
    private static final int LONG_STALL_SECONDS = 120;
    private static final int CUTS = 3;
    private static final int MOST_DROPPED = 3;
    private static final long DROP_PATIENCE_MILLIS = 3000;

    private LinkFaults() {
    }

    /** Several cuts, a second or three apart. */
    static void cut(Rig rig, Random random) throws InterruptedException {
        for (int i = 0; i < CUTS; i++) {
            TimeUnit.MILLISECONDS.sleep(i == 0 ? 0 : 1000 + random.nextInt(2000));
            oneOf(rig, random).cut();
        }
    }

    /** Long enough for the silence to be noticed at a keep-alive of 5 s. */
    static void stall(Rig rig, Random random) throws InterruptedException {
        stall(rig, random, TimeUnit.SECONDS.toMillis(8) + random.nextInt(4000));
    }

    static void stallForLong(Rig rig, Random random) throws InterruptedException {
        stall(rig, random, TimeUnit.SECONDS.toMillis(LONG_STALL_SECONDS));
    }

    private static void stall(Rig rig, Random random, long millis) throws InterruptedException {
        Stall how = random.nextBoolean() ? Stall.FROZEN : Stall.SWALLOWED;
        FaultProxy first = oneOf(rig, random);
        FaultProxy second = oneOf(rig, random);
        first.stall(how);
        second.stall(how);
        TimeUnit.MILLISECONDS.sleep(millis);
        first.heal();
        second.heal();
    }

    /**
     * The broker's answers to signals, or the gateway's to frames, while the link lives: before a new connection no
     * broker of MQTT 5 sends a frame again, and HiveMQ sends no other one either. The gateway has to miss both by
     * itself.
     */
    static void dropPubacks(Rig rig, Random random) throws InterruptedException {
        boolean ofSignals = random.nextBoolean();
        int wanted = 1 + random.nextInt(MOST_DROPPED);
        AtomicInteger count = new AtomicInteger(wanted);
        FaultProxy proxy = ofSignals ? rig.signalProxy() : rig.sensorProxy();
        proxy.apply(PacketRules.drop(ofSignals ? Direction.TO_CLIENT : Direction.TO_BROKER, PacketType.PUBACK, count));
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DROP_PATIENCE_MILLIS);
        while (count.get() > 0 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        proxy.heal();
        if (count.get() == wanted) {
            rig.violated("no PUBACK came to be dropped");
        }
    }

    private static FaultProxy oneOf(Rig rig, Random random) {
        return random.nextBoolean() ? rig.sensorProxy() : rig.signalProxy();
    }
}
