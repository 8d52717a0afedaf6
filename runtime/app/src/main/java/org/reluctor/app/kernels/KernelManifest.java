package org.reluctor.app.kernels;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.device.ProgramOrigin;

/**
 * What a folder of exported kernels holds and what for: {@value #FILE} in it, for people, for scripts that drive an
 * offline compiler, and for packing what that compiler made.
 *
 * @param format           version of this format
 * @param name             of the file that the binaries are packed into, without its ending
 * @param reluctor         version of Reluctor
 * @param networks         that the programs are for
 * @param weights          format of weights, as options name it
 * @param maxBatch         most frames of a batch
 * @param launchParameters by which the kernels are launched, as text
 * @param device           that the programs are for
 * @param programs         one file each
 * @param binary           file that was compiled with them; null where none was
 */
public record KernelManifest(int format, String name, String reluctor, List<Network> networks, String weights,
        int maxBatch, String launchParameters, Target device, List<Program> programs, String binary) {
    /** Name of the file. */
    public static final String FILE = "manifest.json";

    /** The format that is written and read. */
    static final int FORMAT = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A network.
     *
     * @param name   for people
     * @param sha256 of its file
     */
    public record Network(String name, String sha256) {
    }

    /**
     * A device, as its driver describes it.
     *
     * @param name     of the device
     * @param platform name of its platform
     * @param version  of OpenCL
     * @param driver   version of the driver
     * @param kind     cpu, gpu or accelerator: decides the form of the kernels
     */
    public record Target(String name, String platform, String version, String driver, String kind) {
    }

    /**
     * A program: what is compiled together.
     *
     * @param name    by which a binary is given for it
     * @param file    its source, in the manifest's folder
     * @param sha256  of that file
     * @param options that it must be built with
     * @param kernels names of its kernel functions
     */
    public record Program(String name, String file, String sha256, String options, List<String> kernels) {
        private boolean isIncomplete() {
            return name == null || file == null || sha256 == null || options == null;
        }
    }

    /** What the programs were made for. */
    ProgramOrigin origin() {
        return new ProgramOrigin(reluctor, networks.stream().map(Network::sha256).toList(), weights, maxBatch,
                launchParameters);
    }

    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }

    /**
     * Reads the manifest of a folder.
     *
     * @throws Failure if there is none, or it cannot be used
     */
    static KernelManifest read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new Failure(ExitStatus.NO_INPUT, file + ": no such file; name a folder that reluctor kernels --export"
                    + " has made");
        }
        KernelManifest manifest = parse(file);
        if (manifest.format != FORMAT) {
            throw new Failure(ExitStatus.DATA, file + ": is of format " + manifest.format + "; this version reads"
                    + " format " + FORMAT + ": export again");
        }
        if (manifest.isIncomplete()) {
            throw new Failure(ExitStatus.DATA, file + ": lacks some of its fields; export again");
        }
        return manifest;
    }

    private boolean isIncomplete() {
        return Stream.of(name, reluctor, networks, weights, launchParameters, device, programs)
                .anyMatch(Objects::isNull) || device.kind == null || programs.isEmpty()
                || programs.stream().anyMatch(program -> program == null || program.isIncomplete())
                || networks.stream().anyMatch(network -> network == null || network.sha256 == null);
    }

    /**
     * The sources that an earlier export into a folder wrote, by its manifest; none where there is no manifest that can
     * be used. Only plain names that an export gives: a manifest may be anybody's.
     */
    static List<Path> sourcesIn(Path folder) throws IOException {
        if (!Files.isRegularFile(folder.resolve(FILE))) {
            return List.of();
        }
        try {
            return read(folder).programs.stream().map(Program::file).filter(file -> file.matches("k[0-9]+\\.cl"))
                    .map(folder::resolve).filter(Files::isRegularFile).toList();
        } catch (Failure unusable) {
            return List.of();
        }
    }

    private static KernelManifest parse(Path file) throws IOException {
        try {
            KernelManifest manifest = JSON.readValue(Files.readString(file), KernelManifest.class);
            if (manifest == null) {
                throw new Failure(ExitStatus.DATA, file + ": is empty; export again");
            }
            return manifest;
        } catch (JsonProcessingException exception) {
            throw unusable(file, exception.getOriginalMessage(), exception);
        } catch (CharacterCodingException exception) {
            throw unusable(file, "its text is not UTF-8", exception);
        }
    }

    private static Failure unusable(Path file, String why, IOException cause) {
        return new Failure(ExitStatus.DATA, file + ": is no manifest of kernels (" + why + "); export again", cause);
    }
}
