package org.reluctor.app.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.opencl.file.AtomicFile;
import org.reluctor.opencl.file.IoReason;

/**
 * Copies of the signed networks that are, and that were last, in use: whoever brings a new network overwrites the old
 * one's files, and a gateway that went back to it is to find it after a power cut. Each lies in NAME/VERSION with its
 * manifest and signature, and is verified whenever it is read, as in any folder. Confined to one thread.
 */
public final class KeptNetworks {
    private final Path folder;
    private final MinisignKeys keys;

    /**
     * Copies in that folder, which is made when the first is kept.
     *
     * @param keys that must have signed what is read
     */
    public KeptNetworks(Path folder, MinisignKeys keys) {
        this.folder = folder;
        this.keys = keys;
    }

    /**
     * Copies a network with what belongs to it, unless it is kept already.
     *
     * @throws Failure                   if the copy cannot be written
     * @throws UntrustedNetworkException if its files were changed since they were verified
     */
    public void keep(SignedNetwork network) {
        Path copy = file(network.manifest().network().file(), network.manifest().version());
        if (Files.exists(copy) && SignedNetwork.isThere(copy, network.manifest(), keys)) {
            return;
        }
        try {
            Files.createDirectories(copy.getParent());
            for (Map.Entry<String, Long> part : parts(network.manifest()).entrySet()) {
                AtomicFile.copy(network.file().resolveSibling(part.getKey()), copy.resolveSibling(part.getKey()),
                        part.getValue());
            }
        } catch (IOException exception) {
            throw new Failure(ExitStatus.CANNOT_CREATE, copy + ": " + IoReason.of(exception)
                    + "; the state folder (device.stateFolder) must be the gateway's own", exception);
        }
        if (!SignedNetwork.isThere(copy, network.manifest(), keys)) {
            throw new UntrustedNetworkException(Distrust.NETWORK, network.file() + " was changed while it was copied");
        }
    }

    /**
     * Reads a copy.
     *
     * @throws UntrustedNetworkException if it is not there whole, or signed by none of the keys
     */
    public SignedNetwork read(String name, long version) {
        return SignedNetwork.read(file(name, version), keys);
    }

    /** The latest version of that name that is kept and lower than this one. */
    public Optional<Long> before(String name, long version) {
        return versions(name).stream().filter(kept -> kept < version).max(Long::compare);
    }

    /** Deletes all versions of that name but these. */
    public void retain(String name, Set<Long> wanted) {
        for (long version : versions(name)) {
            if (!wanted.contains(version)) {
                delete(file(name, version).getParent());
            }
        }
    }

    private Path file(String name, long version) {
        return folder.resolve(name).resolve(Long.toString(version)).resolve(name);
    }

    /** Names of files, and how many bytes they have at most. */
    private static Map<String, Long> parts(NetworkManifest manifest) {
        Map<String, Long> parts = new LinkedHashMap<>();
        String name = NetworkManifest.nameFor(manifest.network().file());
        parts.put(manifest.network().file(), manifest.network().bytes());
        parts.put(name, (long) NetworkManifest.MOST_BYTES);
        parts.put(name + NetworkManifest.SIGNATURE_ENDING, (long) MinisignSignature.MOST_BYTES);
        manifest.certificate().ifPresent(part -> parts.put(part.file(), part.bytes()));
        return parts;
    }

    private Set<Long> versions(String name) {
        Set<Long> versions = new TreeSet<>();
        try (Stream<Path> entries = Files.list(folder.resolve(name))) {
            entries.map(entry -> entry.getFileName().toString()).filter(text -> text.matches("[1-9][0-9]{0,17}"))
                    .map(Long::valueOf).forEach(versions::add);
        } catch (IOException nothing) {
            // Not kept, or not readable: then it is not there for anybody.
        }
        return versions;
    }

    private static void delete(Path version) {
        try (Stream<Path> files = Files.list(version)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(version);
        } catch (IOException exception) {
            // It stays, and costs its room on the disk.
        }
    }
}
