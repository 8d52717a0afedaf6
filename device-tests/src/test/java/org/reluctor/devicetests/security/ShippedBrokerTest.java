package org.reluctor.devicetests.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.reluctor.devicetests.ProjectFiles;

/** The two files of settings for mosquitto promise the same delivery; one of them promises more. */
class ShippedBrokerTest {
    private static final Set<String> OF_THE_LISTENER = Set.of("listener", "allow_anonymous");

    @Test
    void settingsForTls_holdThoseForDelivery() throws IOException {
        assertEquals(Set.of(), missing(settings("reluctor.conf"), settings("reluctor-tls.conf")));
    }

    @Test
    void settingsForTls_haveNoListenerWithoutCertificates() throws IOException {
        List<String> lines = Files.readAllLines(ProjectFiles.resolve("config/mosquitto/reluctor-tls.conf"));
        assertEquals(1, lines.stream().filter(line -> line.startsWith("listener ")).count());
        assertTrue(lines.containsAll(List.of("require_certificate true", "use_identity_as_username true",
                "allow_anonymous false", "tls_version tlsv1.2")));
    }

    private static Set<String> missing(Set<String> wanted, Set<String> found) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(found);
        return missing;
    }

    private static Set<String> settings(String file) throws IOException {
        return Files.readAllLines(ProjectFiles.resolve("config/mosquitto/" + file)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .filter(line -> !OF_THE_LISTENER.contains(line.split(" ")[0])).collect(Collectors.toSet());
    }
}
