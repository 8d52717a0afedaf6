package org.reluctor.app.recovery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reluctor.app.command.InputFiles;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.trust.MinisignKeys;
import org.reluctor.app.trust.NetworkVersions;
import org.reluctor.app.trust.SignedNetwork;
import org.reluctor.network.RecoveryNetwork;
import org.tinylog.Logger;

/**
 * Reads the networks of a configuration: as they lie there, or, where keys are configured, only with a signature of one
 * of them and no older than what was in use. Confined to one thread.
 */
public final class ConfiguredNetworks {
    private final Optional<MinisignKeys> keys;
    private final Path versionsFile;
    private final List<SignedNetwork> signed = new ArrayList<>();

    /**
     * For one reading of all networks.
     *
     * @throws org.reluctor.app.Failure if the file of keys holds none
     */
    public ConfiguredNetworks(Configuration configuration) {
        keys = configuration.trust().publicKeyFile().map(MinisignKeys::read);
        versionsFile = configuration.device().stateFolder().resolve("network-versions-" + configuration.instance());
    }

    /**
     * Reads one of the networks.
     *
     * @throws RuntimeException with a message for the operator, if it is not trusted, or cannot be used
     */
    public RecoveryNetwork read(Configuration.Network network) {
        if (keys.isEmpty()) {
            return InputFiles.network(network.file(), network.shape());
        }
        SignedNetwork found = SignedNetwork.read(InputFiles.require(network.file()), keys.get());
        NetworkVersions.read(versionsFile).check(found, signed);
        signed.add(found.withoutContent());
        return found.parse(network.shape().stream().mapToInt(Integer::intValue).toArray());
    }

    /** What was verified so far; empty where no keys are configured. */
    public List<SignedNetwork> signed() {
        return List.copyOf(signed);
    }

    /**
     * Remembers the versions as in use. Only once the networks run: one that is well signed but cannot run must not
     * keep its predecessor from coming back.
     *
     * @throws org.reluctor.app.Failure if the state folder cannot be written
     */
    public void accept() {
        NetworkVersions.read(versionsFile).accept(signed);
        signed.forEach(network -> Logger.info("{}: {}", network.file(), network.describe()));
    }
}
