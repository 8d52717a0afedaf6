package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import java.util.Optional;
import org.reluctor.app.Failure;
import org.reluctor.app.configuration.TlsFiles;

/** PEM files: authorities, a certificate and its key, one behind the other in an input. The JDK decodes the inside. */
class TlsFilesFuzzTest {
    private static final ReaderPromise PROMISE = ReaderPromise.of(8 << 20, 1 << 10, Failure.class);

    @FuzzTest
    void tlsFiles(byte[] input) throws Exception {
        byte[][] parts = Seeds.parts(input, 3);
        Path authorities = Scratch.file("authorities.pem", parts[0]);
        Path certificate = Scratch.file("certificate.pem", parts[1]);
        Path key = Scratch.file("key.pem", parts[2]);
        TlsFiles files = new TlsFiles(parts[0].length == 0 ? Optional.empty() : Optional.of(authorities),
                Optional.of(certificate), Optional.of(key));
        PROMISE.read(input.length, files::socketFactory);
    }
}
