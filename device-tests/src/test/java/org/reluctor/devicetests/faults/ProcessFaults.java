package org.reluctor.devicetests.faults;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.reluctor.devicetests.broker.KillableBroker;

/** Processes that are killed, stopped, or come back without memory. */
final class ProcessFaults {
    private static final int LONG_AWAY_SECONDS = 600;
    private static final int MOST_PAUSE_MILLIS = 500;
    /** All was well when the fault began, so what is older than this is not the broker's any more. */
    private static final long UNDER_WAY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long ANSWER_MILLIS = 100;

    private ProcessFaults() {
    }

    static void killRuntime(Rig rig, Random random) throws IOException, InterruptedException {
        rig.gateway().kill();
        pause(random);
        rig.gateway().restart();
    }

    /**
     * Has the broker save, lets frames flow on, and kills it: what it took meanwhile is the broker's to lose. One that
     * writes as it goes has to lose what it took in the last moment before it was killed.
     */
    static void killBroker(Rig rig, Random random) throws IOException, InterruptedException {
        KillableBroker broker = oneOf(rig, random);
        long from = System.nanoTime();
        broker.save();
        pause(random);
        if (!broker.savesOnCommand()) {
            from = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(broker.unwrittenMillis());
        }
        broker.kill();
        pause(random);
        broker.restart();
        rig.brokerMayHaveLost(broker, from);
    }

    static void killBoth(Rig rig, Random random) throws IOException, InterruptedException {
        boolean runtimeFirst = random.nextBoolean();
        if (runtimeFirst) {
            rig.gateway().kill();
        }
        killBroker(rig, random);
        if (!runtimeFirst) {
            rig.gateway().kill();
        }
        rig.gateway().restart();
    }

    /** The fault lasts until both have subscribed anew: before, the broker throws away what comes. */
    static void loseSessions(Rig rig, Random random) throws IOException, InterruptedException {
        KillableBroker broker = oneOf(rig, random);
        int subscriber = broker == rig.signalBroker() ? rig.subscriberSubscriptions() : -1;
        int gateway = broker == rig.sensorBroker() ? rig.counts().subscriptions() : -1;
        long unheard = rig.generator().unheard();
        long from = System.nanoTime() - UNDER_WAY_NANOS;
        broker.kill();
        broker.forget();
        pause(random);
        broker.restart();
        rig.awaitSubscriptions(subscriber, gateway);
        rig.brokerMayHaveLost(broker, from);
        TimeUnit.MILLISECONDS.sleep(ANSWER_MILLIS);
        rig.mayGoUnheard(rig.generator().unheard() - unheard);
    }

    static void stopDownstream(Rig rig, Random random) throws IOException, InterruptedException {
        stopDownstream(rig, TimeUnit.SECONDS.toMillis(5) + random.nextInt(5000));
    }

    static void stopDownstreamForLong(Rig rig, Random random) throws IOException, InterruptedException {
        stopDownstream(rig, TimeUnit.SECONDS.toMillis(LONG_AWAY_SECONDS));
    }

    private static void stopDownstream(Rig rig, long millis) throws IOException, InterruptedException {
        rig.signalBroker().stop();
        TimeUnit.MILLISECONDS.sleep(millis);
        rig.signalBroker().restart();
    }

    private static KillableBroker oneOf(Rig rig, Random random) {
        return random.nextBoolean() ? rig.sensorBroker() : rig.signalBroker();
    }

    private static void pause(Random random) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_PAUSE_MILLIS));
    }
}
