package org.reluctor.app.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The device nodes that OpenCL drivers open, and whether this user may. */
final class DeviceNodes {
    private static final List<String[]> KNOWN = List.of(new String[] {"/dev/dri", "renderD\\d+"},
            new String[] {"/dev", "nvidia\\d+|nvidiactl|nvhost-gpu|nvhost-ctrl-gpu|nvmap|mali\\d+|kgsl-3d0|kfd"},
            new String[] {"/dev/nvgpu/igpu0", "ctrl"});

    private DeviceNodes() {
    }

    /** One finding for each node that is there. */
    static List<Finding> check(BoardFiles files, String user) {
        return check(files, user, node -> Files.isReadable(node) && Files.isWritable(node));
    }

    static List<Finding> check(BoardFiles files, String user, Predicate<Path> mayOpen) {
        List<Finding> findings = new ArrayList<>();
        for (String[] place : KNOWN) {
            for (Path node : files.list(place[0], place[1])) {
                String name = files.nameOf(node);
                findings.add(mayOpen.test(node) ? Finding.good("node", name + " can be opened by " + user)
                        : Finding.bad("node", name + " cannot be opened by " + user, remedy(node, name, user)));
            }
        }
        return findings;
    }

    private static String remedy(Path node, String name, String user) {
        try {
            PosixFileAttributes attributes = Files.readAttributes(node, PosixFileAttributes.class);
            boolean groupMay = attributes.permissions().contains(PosixFilePermission.GROUP_READ)
                    && attributes.permissions().contains(PosixFilePermission.GROUP_WRITE);
            String group = attributes.group().getName();
            if (groupMay && !group.equals("root")) {
                return "usermod -aG " + group + " " + user + ", then log in anew (a service: restart it)";
            }
        } catch (IOException | UnsupportedOperationException untold) {
            // Then the general remedy is all there is.
        }
        return "a rule of udev that gives " + name + " to a group, such as GROUP=\"render\", MODE=\"0660\"";
    }
}
