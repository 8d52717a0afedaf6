package org.reluctor.devicetests.fuzz;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A reader that is searched: a class of this package whose one test has the target's name, and whose own name is that
 * with {@code FuzzTest} behind it.
 *
 * @param name such as frameFields
 */
record FuzzTarget(String name) {
    private static final String ENDING = "FuzzTest";

    /** All of them, by the classes that are there. */
    static List<FuzzTarget> all() {
        try {
            Path classes = Path.of(FuzzTarget.class.getResource("FuzzTarget.class").toURI()).getParent();
            return Arrays.stream(classes.toFile().list()).filter(file -> file.endsWith(ENDING + ".class"))
                    .map(file -> file.substring(0, file.length() - (ENDING + ".class").length())).sorted()
                    .map(name -> new FuzzTarget(Character.toLowerCase(name.charAt(0)) + name.substring(1))).toList();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a folder's address", e);
        }
    }

    String className() {
        return FuzzTarget.class.getPackageName() + "." + Character.toUpperCase(name.charAt(0)) + name.substring(1)
                + ENDING;
    }
}
