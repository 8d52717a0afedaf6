package org.reluctor.app.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.reluctor.app.Failure;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.recovery.ConfiguredNetworks;
import org.reluctor.app.recovery.DeployedNetwork;
import org.reluctor.app.recovery.NetworkDeployment;
import org.reluctor.app.recovery.ServedNetwork;
import org.reluctor.app.trust.SignedNetwork;
import org.reluctor.app.trust.UntrustedNetworkException;
import org.reluctor.network.NetworkFormatException;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.file.IoReason;
import org.reluctor.opencl.pace.Pace;
import org.tinylog.Logger;

/**
 * The way of a network into a running stream: verified, parsed from the bytes that were verified, tried in a process of
 * its own, built beside the one at work, tested there, remembered, and switched to. Whatever fails, the one at work
 * goes on. One line in the log for each step. One thread.
 */
final class NetworkExchange {
    /** Heap that a network takes while it is brought to the device, in sizes of its file. */
    private static final int HEAP_SHARE = 5;

    private final NetworkDeployment deployment;
    private final Configuration configuration;
    private final NetworkTrial trial;

    NetworkExchange(Configuration configuration, NetworkDeployment deployment, NetworkTrial trial) {
        this.configuration = configuration;
        this.deployment = deployment;
        this.trial = trial;
    }

    /**
     * Takes the network that lies in the file of the one at work.
     *
     * @return what was done, for the operator
     * @throws ExchangeRefusal if it is not taken
     */
    String exchange(ServedNetwork place) throws ExchangeRefusal {
        String name = nameOf(place);
        ConfiguredNetworks files = files();
        DeployedNetwork before = place.inUse();
        checkSize(place.setting());
        SignedNetwork found = verified(() -> files.candidate(place.setting(), beside(place)));
        if (found.manifest().equals(before.signed().orElseThrow().manifest())) {
            return name + ": version " + before.version() + " is in use already";
        }
        Logger.info("{}: {}", name, found.describe());
        DeployedNetwork next = deployed(place, found);
        remember(next, () -> files.accept(found, before.signed().orElseThrow()));
        place.exchange(next);
        return switched(name, before, next);
    }

    /**
     * Goes back to the network that computed before; to a kept copy of it where that was before the process began.
     *
     * @return what was done, for the operator
     * @throws ExchangeRefusal if there is none
     */
    String goBack(ServedNetwork place) throws ExchangeRefusal {
        ConfiguredNetworks files = files();
        DeployedNetwork withdrawn = place.inUse();
        DeployedNetwork to = place.previous().isPresent() ? place.previous().get() : kept(place, files);
        remember(place.previous().isPresent() ? null : to, () -> files.goBack(to.signed().orElseThrow()));
        place.goBack(to);
        return switched(nameOf(place), withdrawn, to);
    }

    private DeployedNetwork kept(ServedNetwork place, ConfiguredNetworks files) throws ExchangeRefusal {
        DeployedNetwork withdrawn = place.inUse();
        Optional<SignedNetwork> found = verified(() -> files.before(withdrawn.signed().orElseThrow().manifest()));
        return deployed(place, found.orElseThrow(() -> new ExchangeRefusal(ExchangeFault.NO_PREVIOUS, "nothing was in"
                + " use before version " + withdrawn.version() + ", or it was gone back from; sign what is wanted under"
                + " a later version, and exchange it")));
    }

    private static String switched(String name, DeployedNetwork from, DeployedNetwork to) {
        String done = String.format("%s: version %s, model %016x, in the place of version %s, model %016x", name,
                to.version(), to.network().modelId(), from.version(), from.network().modelId());
        Logger.info("{} from the next batch on", done);
        return done;
    }

    /** Whether any network can be taken: keys are trusted. */
    boolean isPossible() {
        return deployment.files().keys().isPresent();
    }

    private ConfiguredNetworks files() throws ExchangeRefusal {
        if (deployment.files().keys().isEmpty()) {
            throw new ExchangeRefusal(ExchangeFault.NO_KEYS, "only signed networks are exchanged while frames flow, and"
                    + " no keys are trusted; set trust.publicKeyFile");
        }
        return deployment.files();
    }

    private static String nameOf(ServedNetwork place) {
        return place.setting().file().getFileName().toString();
    }

    /** In use for other sensors; those of the same file are to follow. */
    private Collection<SignedNetwork> beside(ServedNetwork place) {
        return deployment.served().stream().filter(other -> !other.setting().file().equals(place.setting().file()))
                .flatMap(other -> other.inUse().signed().stream()).toList();
    }

    /** Out of heap the process would end, and take the stream with it. */
    private static void checkSize(Configuration.Network setting) throws ExchangeRefusal {
        try {
            long bytes = Files.size(setting.file());
            long most = Runtime.getRuntime().maxMemory() / 2 / HEAP_SHARE;
            if (bytes > most) {
                throw new ExchangeRefusal(ExchangeFault.MEMORY, setting.file() + " has " + (bytes >> 20) + " MiB;"
                        + " beside what is at work the heap has room for " + (most >> 20) + "; see RELUCTOR_JAVA_OPTS");
            }
        } catch (IOException unreadable) {
            throw new ExchangeRefusal(ExchangeFault.UNREADABLE, setting.file() + ": " + IoReason.of(unreadable));
        }
    }

    private static <T> T verified(Reading<T> reading) throws ExchangeRefusal {
        try {
            return reading.read();
        } catch (UntrustedNetworkException distrusted) {
            throw new ExchangeRefusal(distrusted);
        } catch (Failure unreadable) {
            throw new ExchangeRefusal(ExchangeFault.UNREADABLE, unreadable.getMessage());
        }
    }

    private interface Reading<T> {
        T read();
    }

    private DeployedNetwork deployed(ServedNetwork place, SignedNetwork found) throws ExchangeRefusal {
        String name = nameOf(place);
        Pace.rest();
        RecoveryNetwork network = parsed(found, place.setting());
        Pace.rest();
        checkFit(place, network);
        long begin = System.nanoTime();
        NetworkTrial.Passed passed = trial.run(new TrialRequest(found.file(), found.content(), place.setting().shape(),
                configuration.device(), configuration.batch().max()));
        Logger.info("{}: tried in a process of its own for {} ms, {} frames within {} of float64", name,
                millisSince(begin), passed.selfTest().frames(), String.format("%.1e", passed.error()));
        begin = System.nanoTime();
        DeployedNetwork next = built(network, place.setting(), found);
        Logger.info("{}: built beside version {} in {} ms", name, place.inUse().version(), millisSince(begin));
        test(next, passed.selfTest(), name);
        return next;
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private static RecoveryNetwork parsed(SignedNetwork found, Configuration.Network setting) throws ExchangeRefusal {
        try {
            return ConfiguredNetworks.parse(found, setting);
        } catch (NetworkFormatException unfit) {
            throw new ExchangeRefusal(ExchangeFault.FORMAT, unfit.getMessage());
        }
    }

    /** Sensors and subscribers stay what they are. */
    private static void checkFit(ServedNetwork place, RecoveryNetwork network) throws ExchangeRefusal {
        NetworkMetadata old = place.network().metadata();
        NetworkMetadata now = network.metadata();
        require(ExchangeFault.SHAPE, "m, n and channels are", List.of(now.m(), now.n(), now.channels()),
                List.of(old.m(), old.n(), old.channels()));
        require(ExchangeFault.MATRIX, "the matrix is", network.matrix().map(phi -> phi.id()).orElse("none"),
                place.network().matrix().map(phi -> phi.id()).orElse("none"));
        require(ExchangeFault.UNIT, "the unit is", "\"" + now.unit() + "\"", "\"" + old.unit() + "\"");
    }

    private static void require(ExchangeFault fault, String what, Object found, Object wanted) throws ExchangeRefusal {
        if (!found.equals(wanted)) {
            throw new ExchangeRefusal(fault, what + " " + found + "; must be " + wanted + ", as of the network in use"
                    + " (for others, add a network to the configuration and restart)");
        }
    }

    private DeployedNetwork built(RecoveryNetwork network, Configuration.Network setting, SignedNetwork found)
            throws ExchangeRefusal {
        try {
            return deployment.deploy(network, setting, found);
        } catch (RuntimeException failed) {
            throw new ExchangeRefusal(ExchangeFault.DEVICE, failed.getMessage());
        }
    }

    private void test(DeployedNetwork next, SelfTest selfTest, String name) throws ExchangeRefusal {
        try {
            double error = selfTest.run(next.recovery()::outputs, configuration.device().weights());
            Logger.info("{}: self-test passed, within {} of float64", name, String.format("%.1e", error));
        } catch (ExchangeRefusal failed) {
            next.recovery().close();
            throw failed;
        } catch (RuntimeException failed) {
            next.recovery().close();
            throw new ExchangeRefusal(ExchangeFault.DEVICE, failed.getMessage());
        }
    }

    /** Before it is switched to: what a power cut forgets could come back. */
    private static void remember(DeployedNetwork fresh, Runnable writing) throws ExchangeRefusal {
        try {
            writing.run();
        } catch (Failure | UntrustedNetworkException failed) {
            if (fresh != null) {
                fresh.recovery().close();
            }
            throw new ExchangeRefusal(ExchangeFault.STATE, failed.getMessage());
        }
    }
}
