package org.reluctor.app.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.opencl.file.AtomicFile;
import org.reluctor.opencl.file.IoReason;

/**
 * The highest version that was in use of each network, in a file that outlives the process: a signature stays good for
 * ever, so without it whoever can write the network's folder could put an old, well signed network back. The file is
 * replaced as a whole, forced to the disk, and ends with a checksum. Networks are known by their file's name, which is
 * signed, wherever they lie; so of one name only one may be in use. A network that was gone back from is remembered,
 * too, with the one that took its place: it comes back under no version that is not later. Confined to one thread.
 */
public final class NetworkVersions {
    private static final String HEAD = "reluctor network versions 1\n";
    private static final Pattern LINE = Pattern.compile("([1-9][0-9]{0,17}|[1-8][0-9]{18}) ([0-9a-f]{64}) (\\S.*)");
    private static final String BACK = "back ";
    private static final int MOST_BYTES = 1 << 20;

    private final Path file;
    private final Map<String, Mark> marks = new TreeMap<>();
    /** What runs in the place of a marked network that was gone back from. */
    private final Map<String, Mark> back = new TreeMap<>();

    private record Mark(long version, String sha256) {
        boolean is(NetworkManifest manifest) {
            return manifest.version() == version && manifest.sha256().equals(sha256);
        }
    }

    private NetworkVersions(Path file) {
        this.file = file;
    }

    /**
     * The versions in a file; none where it does not exist.
     *
     * @throws Failure if it cannot be read, or is damaged
     */
    public static NetworkVersions read(Path file) {
        NetworkVersions versions = new NetworkVersions(file);
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw damaged(file);
            }
            versions.load(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException absent) {
            return versions;
        } catch (IOException exception) {
            throw new Failure(ExitStatus.CANNOT_CREATE, file + ": " + IoReason.of(exception)
                    + "; the state folder (device.stateFolder) must be the gateway's own", exception);
        }
        return versions;
    }

    /**
     * Holds a network against what was in use before, and what is to be in use with it.
     *
     * @throws UntrustedNetworkException if it is older, or another of the same version; or if one beside it has its
     *                                   name, but is another, whose version would stand for both
     */
    public void check(SignedNetwork network, Collection<SignedNetwork> beside) {
        check(network);
        NetworkManifest manifest = network.manifest();
        for (SignedNetwork other : beside) {
            boolean same = other.manifest().network().file().equals(manifest.network().file());
            if (same && !other.manifest().equals(manifest)) {
                throw new UntrustedNetworkException(Distrust.VERSION, network.file() + " is version "
                        + manifest.version() + " and " + other.file() + " version " + other.manifest().version()
                        + ", of one name, by which versions are remembered; must be the same network, or have another"
                        + " name");
            }
        }
    }

    /** The version that runs in the place of this network, which was gone back from; empty where it was not. */
    public OptionalLong replacement(NetworkManifest manifest) {
        String name = manifest.network().file();
        boolean withdrawn = back.containsKey(name) && marks.get(name).is(manifest);
        return withdrawn ? OptionalLong.of(back.get(name).version) : OptionalLong.empty();
    }

    private void check(SignedNetwork network) {
        NetworkManifest manifest = network.manifest();
        Mark mark = marks.get(manifest.network().file());
        Mark instead = back.get(manifest.network().file());
        if (instead != null && instead.is(manifest)) {
            return;
        }
        if (instead != null && mark.is(manifest)) {
            throw new UntrustedNetworkException(Distrust.VERSION, network.file() + " is version " + mark.version
                    + ", which was gone back from to version " + instead.version + "; must have a later version");
        }
        if (mark != null && manifest.version() < mark.version) {
            throw new UntrustedNetworkException(Distrust.VERSION, network.file() + " is version " + manifest.version()
                    + ", but version " + mark.version + " was in use here before; must be that or a later one (to go"
                    + " back, sign the old network under a new version)");
        }
        if (mark != null && manifest.version() == mark.version && !manifest.sha256().equals(mark.sha256)) {
            throw new UntrustedNetworkException(Distrust.VERSION, network.file() + " is another network than the one"
                    + " that was in use here as version " + mark.version + "; must have a later version");
        }
    }

    /**
     * Remembers that these are in use from now on. A version that is remembered already only grows, whatever another
     * process has written meanwhile.
     *
     * @throws Failure if the file cannot be written
     */
    public void accept(Collection<SignedNetwork> networks) {
        boolean grown = false;
        for (SignedNetwork network : networks) {
            NetworkManifest manifest = network.manifest();
            Mark before = marks.get(manifest.network().file());
            if (before == null || manifest.version() > before.version) {
                marks.put(manifest.network().file(), new Mark(manifest.version(), manifest.sha256()));
                back.remove(manifest.network().file());
                grown = true;
            }
        }
        if (grown) {
            write();
        }
    }

    /**
     * Remembers that this one is in use again, in the place of the latest of its name, which does not come back.
     *
     * @throws Failure if the file cannot be written
     */
    public void goBack(NetworkManifest manifest) {
        back.put(manifest.network().file(), new Mark(manifest.version(), manifest.sha256()));
        write();
    }

    private void write() {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            AtomicFile.write(file, text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException exception) {
            throw new Failure(ExitStatus.CANNOT_CREATE, file + ": " + IoReason.of(exception)
                    + "; the state folder (device.stateFolder) must be the gateway's own", exception);
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder(HEAD);
        marks.forEach((name, mark) -> text.append(mark.version).append(' ').append(mark.sha256).append(' ')
                .append(name).append('\n'));
        back.forEach((name, mark) -> text.append(BACK).append(mark.version).append(' ').append(mark.sha256).append(' ')
                .append(name).append('\n'));
        return text + checksum(text.toString());
    }

    private void load(String text) {
        int end = text.lastIndexOf("crc32c ");
        boolean whole = text.startsWith(HEAD) && end >= HEAD.length()
                && text.substring(end).equals(checksum(text.substring(0, end)));
        if (!whole) {
            throw damaged(file);
        }
        for (String line : text.substring(HEAD.length(), end).split("\n")) {
            boolean goneBack = line.startsWith(BACK);
            Matcher found = LINE.matcher(goneBack ? line.substring(BACK.length()) : line);
            // Who was gone back from stands before the one that took its place.
            if (found.matches() && (!goneBack || marks.containsKey(found.group(3)))) {
                (goneBack ? back : marks).put(found.group(3),
                        new Mark(Long.parseLong(found.group(1)), found.group(2)));
            } else if (!line.isEmpty()) {
                throw damaged(file);
            }
        }
    }

    private static String checksum(String text) {
        CRC32C checksum = new CRC32C();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("crc32c %08x\n", checksum.getValue());
    }

    private static Failure damaged(Path file) {
        return new Failure(ExitStatus.DATA, file + " is damaged; move it away, and signed networks older than those in"
                + " use may come back");
    }
}
