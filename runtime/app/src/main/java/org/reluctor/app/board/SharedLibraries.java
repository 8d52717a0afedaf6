package org.reluctor.app.board;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds shared libraries where the dynamic linker does (ld.so(8)), and looks at their heads. */
final class SharedLibraries {
    private static final List<String> BUILT_IN = List.of("/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib");
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
    /** In an ELF header: 2 bytes, little-endian on all machines that JOCL knows. */
    private static final int MACHINE_OFFSET = 18;
    private static final Map<Integer, String> MACHINES = Map.of(3, "i386", 40, "arm", 62, "amd64", 183, "aarch64",
            243, "riscv64");

    private final BoardFiles files;
    private final Set<String> folders = new LinkedHashSet<>();

    SharedLibraries(BoardFiles files, Map<String, String> environment) {
        this.files = files;
        folders.addAll(List.of(environment.getOrDefault("LD_LIBRARY_PATH", "").split(":")));
        for (Path configuration : files.list("/etc/ld.so.conf.d", ".*\\.conf")) {
            files.text(files.nameOf(configuration)).ifPresent(text -> text.lines().map(String::strip)
                    .filter(line -> line.startsWith("/")).forEach(folders::add));
        }
        folders.addAll(BUILT_IN);
        folders.remove("");
    }

    /** The file behind a name as an ICD file has it: a path, or a name that is searched for. */
    Optional<Path> find(String library) {
        if (library.contains("/")) {
            return Optional.of(files.root().resolve(library.replaceFirst("^/", ""))).filter(Files::exists);
        }
        List<Path> places = new ArrayList<>();
        folders.forEach(folder -> places.add(files.root().resolve(folder.replaceFirst("^/", "")).resolve(library)));
        return places.stream().filter(Files::exists).findFirst();
    }

    /** Why a file is no library for this machine, if so. */
    static Optional<String> misfit(Path file, String architecture) {
        byte[] head = new byte[MACHINE_OFFSET + 2];
        try (InputStream in = Files.newInputStream(file)) {
            if (in.readNBytes(head, 0, head.length) < head.length || !startsWithMagic(head)) {
                return Optional.of("is no shared library");
            }
        } catch (IOException unreadable) {
            return Optional.of("cannot be read by this user");
        }
        int machine = head[MACHINE_OFFSET] & 0xff | (head[MACHINE_OFFSET + 1] & 0xff) << 8;
        String name = MACHINES.getOrDefault(machine, "machine " + machine);
        return name.equals(architecture) ? Optional.empty() : Optional.of("is for " + name + ", and this Java runs on "
                + architecture);
    }

    private static boolean startsWithMagic(byte... head) {
        for (int i = 0; i < ELF.length; i++) {
            if (head[i] != ELF[i]) {
                return false;
            }
        }
        return true;
    }
}
