package org.reluctor.app.recovery;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reluctor.app.certificate.CertificateFiles;
import org.reluctor.app.certificate.LimitsReader;
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
     * Reads one of the networks, with the limits in the certificate that lies beside it, or, where keys are
     * configured, that its signed manifest names. A certificate that cannot be used ends the start: to go on without
     * would be to watch nothing while somebody relies on it.
     *
     * @throws RuntimeException with a message for the operator, if it is not trusted, or cannot be used
     */
    public ConfiguredNetwork read(Configuration.Network network) {
        Path file = network.file();
        if (keys.isEmpty()) {
            RecoveryNetwork read = InputFiles.network(file, network.shape());
            return withLimits(read, CertificateFiles.read(file), CertificateFiles.beside(file));
        }
        SignedNetwork found = SignedNetwork.read(InputFiles.require(file), keys.get());
        NetworkVersions.read(versionsFile).check(found, signed);
        signed.add(found.withoutContent());
        RecoveryNetwork read = found.parse(network.shape().stream().mapToInt(Integer::intValue).toArray());
        Path beside = found.manifest().certificate().map(part -> file.resolveSibling(part.file()))
                .orElse(CertificateFiles.beside(file));
        if (found.certificate().isEmpty() && Files.exists(beside)) {
            Logger.warn("{} is not used: the signed manifest of {} names no certificate", beside, file);
        }
        return withLimits(read, found.certificate(), beside);
    }

    private static ConfiguredNetwork withLimits(RecoveryNetwork network, Optional<byte[]> certificate, Path place) {
        return new ConfiguredNetwork(network,
                certificate.map(content -> LimitsReader.read(content, network, place.toString())));
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
