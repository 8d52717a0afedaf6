package org.reluctor.certify.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.command.CommandOutput;
import org.reluctor.app.command.InputFiles;
import org.reluctor.app.command.Subcommand;
import org.reluctor.app.json.JsonText;
import org.reluctor.certify.certificate.Certificate;
import org.reluctor.certify.certificate.CertificateCheck;
import org.reluctor.certify.certificate.CertificateException;
import org.reluctor.certify.graph.RefusedNetworkException;
import org.reluctor.certify.property.NoiseGain;
import org.reluctor.certify.property.ProbeStatement;
import org.reluctor.network.RecoveryNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code reluctor check-certificate}: proves a certificate again, or says what of it is not so. */
@Command(name = "check-certificate", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Derives every bound of a certificate again, without a solver, and refuses one that was altered,"
                + " or is of another network.",
        footer = {"", "Example:", "  reluctor check-certificate --model ecg.onnx ecg.certificate.json"})
public final class CheckCertificateCommand implements Subcommand {
    @Option(names = {"-m", "--model"}, required = true, paramLabel = "FILE", description = "The network, ONNX.")
    private Path model;

    @Parameters(paramLabel = "CERTIFICATE", description = "The certificate.")
    private Path file;

    @Mixin
    private CommandOutput output;

    /** Made by ServiceLoader. */
    public CheckCertificateCommand() {
        // Filled by picocli.
    }

    @Override
    public Integer call() {
        final long start = System.nanoTime();
        RecoveryNetwork network = InputFiles.network(model);
        Certificate certificate;
        try {
            certificate = new CertificateCheck(network).check(Files.readAllBytes(InputFiles.require(file)));
        } catch (CertificateException | RefusedNetworkException | ArithmeticException refused) {
            throw new Failure(ExitStatus.DATA, file + ": " + refused.getMessage(), refused);
        } catch (IOException failed) {
            throw new Failure(ExitStatus.NO_INPUT, file + ": cannot be read", failed);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        output.line("%s: proven again in %.1f s: %s", file, seconds, String.join(", ", words(certificate)));
        output.result(JsonText.map("verdict", "proven", "properties",
                words(certificate), "seconds", seconds));
        return ExitStatus.OK;
    }

    private static List<String> words(Certificate certificate) {
        List<String> words = new ArrayList<>();
        certificate.bounds().keySet().forEach(property -> words.add(property.word()));
        certificate.gain().ifPresent(gain -> words.add(NoiseGain.WORD));
        if (!certificate.probes().isEmpty()) {
            words.add(ProbeStatement.WORD);
        }
        return words;
    }
}
