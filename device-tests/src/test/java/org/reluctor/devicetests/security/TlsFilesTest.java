package org.reluctor.devicetests.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.configuration.TlsFiles;
import org.reluctor.devicetests.security.TestAuthority.Identity;

/** Files for TLS that hold something else than they should: one sentence each, with the file's name. */
class TlsFilesTest {
    @TempDir
    Path folder;

    private Identity own;
    private Identity other;

    @BeforeEach
    void makeAuthority() throws Exception {
        TestAuthority authority = new TestAuthority(folder, "authority");
        own = authority.issue("own");
        other = authority.issue("other");
    }

    private void refused(String sentence, Path authorities, Path certificate, Path key) {
        TlsFiles files = new TlsFiles(Optional.ofNullable(authorities), Optional.ofNullable(certificate),
                Optional.ofNullable(key));
        Failure failure = assertThrows(Failure.class, files::socketFactory);
        assertEquals(ExitStatus.CREDENTIALS, failure.status());
        assertTrue(failure.getMessage().contains(sentence), failure.getMessage());
        assertTrue(failure.getMessage().contains(folder.toString()), failure.getMessage());
    }

    @Test
    void socketFactory_filesThatBelongTogether_isThere() {
        assertNotNull(new TlsFiles(Optional.of(own.certificate()), Optional.of(own.certificate()),
                Optional.of(own.key())).socketFactory());
        assertNotNull(TlsFiles.NONE.socketFactory());
    }

    @Test
    void socketFactory_wrongFiles_saysWhich() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "hello");
        Path broken = Files.writeString(folder.resolve("broken"),
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Path noKey = Files.writeString(folder.resolve("noKey"),
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        refused("no such file", folder.resolve("none"), null, null);
        refused("no certificate", text, null, null);
        refused("no certificate", broken, null, null);
        refused("no certificate", Files.createFile(folder.resolve("empty")), null, null);
        refused("no private key", null, own.certificate(), own.certificate());
        refused("a key of none of", null, own.certificate(), noKey);
        refused("is not the key of", null, own.certificate(), other.key());
    }
}
