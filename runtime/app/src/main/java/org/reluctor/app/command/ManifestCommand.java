package org.reluctor.app.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.json.JsonText;
import org.reluctor.app.trust.NetworkManifest;
import org.reluctor.app.trust.SignedNetwork;
import org.reluctor.opencl.file.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes what is to be signed of a network. */
@Command(name = "manifest", mixinStandardHelpOptions = true,
        description = {"Write a network's manifest beside it: its file, its certificate and its version, for signing"
                + " with minisign.", "A gateway with trust.publicKeyFile runs only what is signed so, and nothing older"
                + " than it ran before."},
        footer = {"", "Examples:", "  reluctor manifest --model ecg.onnx --network-version 7",
            "  minisign -S -l -s SECRET.key -m ecg.manifest.json      (-l: the legacy form, which is verified here)",
            "  reluctor inspect ecg.onnx --public-key-file PUBLIC.pub",
            "The version must grow with every change of the network or its certificate."})
public final class ManifestCommand implements Subcommand {
    @Option(names = "--model", required = true, paramLabel = "FILE", description = "The network, ONNX.")
    private Path model;

    @Option(names = "--certificate", paramLabel = "FILE", description = "Its certificate, in the same folder.")
    private Path certificate;

    @Option(names = "--network-version", required = true, paramLabel = "N",
            description = "Greater than that of every manifest of this network before; from 1.")
    private long version;

    @Mixin
    private ModelShape shape;

    @Mixin
    private CommandOutput output;

    /** Made by ServiceLoader. */
    public ManifestCommand() {
        // Filled by picocli.
    }

    @Override
    public Integer call() {
        if (version < 1) {
            throw new Failure(ExitStatus.USAGE, "--network-version: " + version
                    + " is out of range; must be 1 or more");
        }
        InputFiles.require(model);
        requireBeside();
        NetworkManifest manifest = SignedNetwork.manifest(model, Optional.ofNullable(certificate), version,
                shape.dims());
        Path file = InputFiles.requireCreatable(
                model.resolveSibling(NetworkManifest.nameFor(model.getFileName().toString())));
        try {
            AtomicFile.write(file, manifest.text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException exception) {
            throw new Failure(ExitStatus.CANNOT_CREATE, file + ": cannot be written", exception);
        }
        output.line("%s: version %d; sign it with: minisign -S -l -m %s", file, version, file);
        output.result(JsonText.map("manifest", file.toString(), "version", version,
                "sha256", manifest.network().sha256()));
        return ExitStatus.OK;
    }

    private void requireBeside() {
        if (certificate == null) {
            return;
        }
        InputFiles.require(certificate);
        try {
            if (!Files.isSameFile(certificate.toAbsolutePath().getParent(), model.toAbsolutePath().getParent())) {
                throw new Failure(ExitStatus.USAGE, "--certificate: " + certificate + " lies elsewhere; must be in the"
                        + " folder of " + model);
            }
        } catch (IOException exception) {
            throw new Failure(ExitStatus.NO_INPUT, certificate + ": its folder cannot be read", exception);
        }
    }
}
