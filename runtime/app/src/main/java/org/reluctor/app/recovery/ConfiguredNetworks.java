package org.reluctor.app.recovery;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.reluctor.app.certificate.CertificateFiles;
import org.reluctor.app.certificate.CertifiedLimits;
import org.reluctor.app.certificate.LimitsReader;
import org.reluctor.app.command.InputFiles;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.trust.KeptNetworks;
import org.reluctor.app.trust.MinisignKeys;
import org.reluctor.app.trust.NetworkManifest;
import org.reluctor.app.trust.NetworkVersions;
import org.reluctor.app.trust.SignedNetwork;
import org.reluctor.network.RecoveryNetwork;
import org.tinylog.Logger;

/**
 * The files of a configuration's networks: read as they lie there, or, where keys are configured, only with a signature
 * of one of them and no older than what was in use. Confined to one thread at a time.
 */
public final class ConfiguredNetworks {
    private final Optional<MinisignKeys> keys;
    private final Path versionsFile;
    private final Path keptFolder;
    private final Map<Configuration.Network, SignedNetwork> signed = new HashMap<>();

    /**
     * For the networks of that configuration.
     *
     * @throws org.reluctor.app.Failure if the file of keys holds none
     */
    public ConfiguredNetworks(Configuration configuration) {
        keys = configuration.trust().publicKeyFile().map(MinisignKeys::read);
        Path state = configuration.device().stateFolder();
        versionsFile = state.resolve("network-versions-" + configuration.instance());
        keptFolder = state.resolve("networks-" + configuration.instance());
    }

    /**
     * Reads one of the networks, as it is to be in use from the start: where it was gone back from, the one that was
     * gone back to; with the limits in the certificate that lies beside it, or, where keys are configured, that its
     * signed manifest names. A certificate that cannot be used ends the start: to go on without would be to watch
     * nothing while somebody relies on it.
     *
     * @throws RuntimeException with a message for the operator, if it is not trusted, or cannot be used
     */
    public ConfiguredNetwork read(Configuration.Network network) {
        Path file = network.file();
        if (keys.isEmpty()) {
            RecoveryNetwork read = InputFiles.network(file, network.shape());
            String place = CertificateFiles.beside(file).toString();
            return new ConfiguredNetwork(read, CertificateFiles.read(file)
                    .map(content -> LimitsReader.read(content, read, place)));
        }
        SignedNetwork found = SignedNetwork.read(InputFiles.require(file), keys.get());
        OptionalLong instead = NetworkVersions.read(versionsFile).replacement(found.manifest());
        if (instead.isPresent()) {
            Logger.warn("{}: version {} was gone back from; version {} is used in its place", file,
                    found.manifest().version(), instead.getAsLong());
            found = kept().read(found.manifest().network().file(), instead.getAsLong());
        }
        NetworkVersions.read(versionsFile).check(found, signed.values());
        signed.put(network, found.withoutContent());
        Path beside = CertificateFiles.beside(file);
        if (found.certificate().isEmpty() && Files.exists(beside)) {
            Logger.warn("{} is not used: the signed manifest of {} names no certificate", beside, file);
        }
        RecoveryNetwork read = parse(found, network);
        return new ConfiguredNetwork(read, limits(found, read));
    }

    /** The network in verified bytes. */
    public static RecoveryNetwork parse(SignedNetwork found, Configuration.Network network) {
        return found.parse(network.shape().stream().mapToInt(Integer::intValue).toArray());
    }

    /**
     * The limits in a network's verified certificate; empty where it has none.
     *
     * @throws org.reluctor.app.certificate.UnfitCertificateException if they cannot be used
     */
    static Optional<CertifiedLimits> limits(SignedNetwork found, RecoveryNetwork network) {
        String place = found.manifest().certificate()
                .map(part -> found.file().resolveSibling(part.file()).toString()).orElse("");
        return found.certificate().map(content -> LimitsReader.read(content, network, place));
    }

    /** What was verified so far; empty where no keys are configured. */
    public List<SignedNetwork> signed() {
        return List.copyOf(signed.values());
    }

    /** What was verified of that network. */
    Optional<SignedNetwork> signed(Configuration.Network network) {
        return Optional.ofNullable(signed.get(network));
    }

    /** The keys that must have signed a network; empty where none are configured. */
    public Optional<MinisignKeys> keys() {
        return keys;
    }

    /**
     * The network's file as it lies there now, verified and held against what was in use; keys must be configured.
     *
     * @param beside in use for others
     * @throws org.reluctor.app.trust.UntrustedNetworkException if it is not to be used
     */
    public SignedNetwork candidate(Configuration.Network network, Collection<SignedNetwork> beside) {
        SignedNetwork found = SignedNetwork.read(InputFiles.require(network.file()), keys.orElseThrow());
        NetworkVersions.read(versionsFile).check(found, beside);
        return found;
    }

    /** The kept version before that one, verified; empty where there is none. Keys must be configured. */
    public Optional<SignedNetwork> before(NetworkManifest manifest) {
        String name = manifest.network().file();
        return kept().before(name, manifest.version()).map(version -> kept().read(name, version));
    }

    /**
     * Remembers that a network takes the place of another, and keeps copies of both.
     *
     * @throws RuntimeException with a message for the operator, if the state folder cannot be written
     */
    public void accept(SignedNetwork next, SignedNetwork before) {
        kept().keep(next);
        NetworkVersions.read(versionsFile).accept(List.of(next));
        retain(next, before);
    }

    /**
     * Remembers that a network is in use again, in the place of a later one.
     *
     * @throws RuntimeException with a message for the operator, if the state folder cannot be written
     */
    public void goBack(SignedNetwork to) {
        kept().keep(to);
        NetworkVersions.read(versionsFile).goBack(to.manifest());
    }

    /**
     * Remembers the versions as in use. Only once the networks run: one that is well signed but cannot run must not
     * keep its predecessor from coming back.
     *
     * @throws RuntimeException with a message for the operator, if the state folder cannot be written
     */
    public void accept() {
        NetworkVersions.read(versionsFile).accept(signed.values());
        signed.values().forEach(network -> {
            kept().keep(network);
            kept().before(network.manifest().network().file(), network.manifest().version())
                    .ifPresent(version -> retain(network, version));
            Logger.info("{}: {}", network.file(), network.describe());
        });
    }

    private void retain(SignedNetwork inUse, SignedNetwork before) {
        retain(inUse, before.manifest().version());
    }

    private void retain(SignedNetwork inUse, long before) {
        kept().retain(inUse.manifest().network().file(), Set.of(inUse.manifest().version(), before));
    }

    private KeptNetworks kept() {
        return new KeptNetworks(keptFolder, keys.orElseThrow());
    }
}
