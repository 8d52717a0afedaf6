package org.reluctor.certify.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.app.certificate.CertificateFiles;
import org.reluctor.app.command.CommandOutput;
import org.reluctor.app.command.DeviceOptions;
import org.reluctor.app.command.InputFiles;
import org.reluctor.app.command.Interruption;
import org.reluctor.app.command.ProgressLine;
import org.reluctor.app.command.Subcommand;
import org.reluctor.app.command.Version;
import org.reluctor.app.json.JsonText;
import org.reluctor.certify.bound.Deadline;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.bound.KeptBounds;
import org.reluctor.certify.bound.ProvenBox;
import org.reluctor.certify.certificate.Certificate;
import org.reluctor.certify.certificate.CertificateException;
import org.reluctor.certify.certificate.CertificateText;
import org.reluctor.certify.certificate.Certifier;
import org.reluctor.certify.certificate.ProofJournal;
import org.reluctor.certify.graph.RefusedNetworkException;
import org.reluctor.certify.plot.CertificatePicture;
import org.reluctor.certify.property.NoiseGain;
import org.reluctor.certify.property.Probe;
import org.reluctor.certify.property.ProbeStatement;
import org.reluctor.certify.property.Property;
import org.reluctor.certify.property.SignalClass;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.file.AtomicFile;
import org.reluctor.opencl.file.IoReason;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code reluctor certify}: a network and a class of signals in, proven bounds and their certificate out. */
@Command(name = "certify", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Proves what a network can and cannot do for a class of signals, in float32 on any device.", "",
            "range: every recovered sample. error: recovered less true signal. residual: what a residual beyond proves",
            "an assumption broken, the class, the noise, or the hardware. consistency: the residual of the signal",
            "itself, which tells of weights and hardware. probes: frames with all that float32 can make of them, which",
            "a gateway gives the device now and then: another answer proves that it computes another network.",
            "Ctrl-C ends the search for multipliers, and writes what is proven by then; the same command goes on with",
            "it, also after a kill, from CERTIFICATE.unfinished. With --frame: an interval for every sample that is",
            "recovered of frames whose measurements are off by no more than --noise."},
        footer = {"", "Examples:", "  reluctor certify --model ecg.onnx --amplitude -2,2 --noise 0.01",
            "  reluctor certify --model ecg.onnx --basis wavelets.npy --coefficients box.npy --property range,error",
            "  reluctor certify --model ecg.onnx --frame y.npy --noise 0.005 --time",
            "  reluctor certify --model ecg.onnx --search ecg.certificate.json --starts 10000",
            "  reluctor certify --model acasxu.onnx --property prop_1.vnnlib --seconds 60"})
public final class CertifyCommand implements Subcommand {
    /** How long the bounds that were not searched yet may take, once Ctrl-C was pressed. */
    private static final int END_SECONDS = 120;
    /** How the file's name goes on that keeps what is proven while a certificate is not complete. */
    private static final String UNFINISHED = ".unfinished";

    @Option(names = {"-m", "--model"}, required = true, paramLabel = "FILE", description = "The network, ONNX.")
    private Path model;

    @Option(names = "--property", paramLabel = "NAME", split = ",", defaultValue = "range,residual",
            description = {"range, error, residual, consistency, noise-gain, probes (default ${DEFAULT-VALUE}),",
                "or one FILE.vnnlib: does it hold, by an answer or a witness?"})
    private List<String> words = List.of();

    @Mixin
    private SignalOptions signals;

    @Mixin
    private FrameOptions frames;

    @Mixin
    private SearchOptions search;

    @Option(names = "--arithmetic", paramLabel = "KIND", defaultValue = "float32",
            description = "float32 in any order of sums, or exact (default ${DEFAULT-VALUE}).")
    private String arithmetic;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "20",
            description = "Of the search for each bound's multipliers, or of each of --search's ascents (default"
                    + " ${DEFAULT-VALUE}).")
    private int steps;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "Infinity",
            description = "Time for that search; what it has not reached is proven with less effort. Default: no end.")
    private double seconds;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE",
            description = "The certificate. Default: beside the network, .certificate.json in place of .onnx. With"
                    + " --frame the intervals, .npy, [frames, 2, samples], the lower ends first; no default.")
    private Path file;

    @Option(names = "--plot", paramLabel = "FILE",
            description = "Draw the bounds by layer and method, and the band of recovered signals, as SVG; takes"
                    + " --seconds once more.")
    private Path plot;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private CommandOutput output;

    @Spec
    private CommandSpec spec;

    /** Made by ServiceLoader. */
    public CertifyCommand() {
        // Filled by picocli.
    }

    @Override
    public Integer call() {
        AskedFor asked = asked();
        asked.require(spec.commandLine().getParseResult());
        Execution execution = execution();
        checkEffort();
        return switch (asked) {
            case FRAMES, TIMED_FRAMES -> frames.prove(InputFiles.network(model), execution, signals.noise(),
                    Optional.ofNullable(file), device, output);
            case SEARCH -> search.search(InputFiles.network(model), steps, device, output, progress());
            case FILE -> answer(execution);
            default -> certify(execution);
        };
    }

    private AskedFor asked() {
        if (frames.isAsked()) {
            return frames.isTimed() ? AskedFor.TIMED_FRAMES : AskedFor.FRAMES;
        }
        return search.isAsked() ? AskedFor.SEARCH
                : words.stream().anyMatch(PropertyQuestion::isFile) ? AskedFor.FILE : AskedFor.CERTIFICATE;
    }

    private ProgressLine progress() {
        return new ProgressLine(spec.commandLine().getErr(), System.console() != null);
    }

    private int answer(Execution execution) {
        if (words.size() > 1) {
            throw new Failure(ExitStatus.USAGE, "--property: " + String.join(",", words)
                    + "; one file must be alone, without others and without commas in its name");
        }
        RecoveryNetwork network = InputFiles.network(model);
        ProgressLine progress = progress();
        try (Interruption interruption = new Interruption(END_SECONDS)) {
            Deadline deadline = Deadline.in(seconds, interruption::told);
            new PropertyQuestion(Path.of(words.get(0)), network, execution, output)
                    .answer(seconds, deadline, progress::advanced, device);
            return interruption.endWith(ExitStatus.OK);
        } catch (RefusedNetworkException | ArithmeticException refused) {
            throw new Failure(ExitStatus.DATA, model + ": " + refused.getMessage(), refused);
        }
    }

    private int certify(Execution execution) {
        final long start = System.nanoTime();
        Set<Property> properties = properties();
        if (words.contains(ProbeStatement.WORD) && execution != Execution.FLOAT32) {
            throw new Failure(ExitStatus.USAGE, "--property: probes are of float32, and --arithmetic is " + arithmetic);
        }
        RecoveryNetwork network = InputFiles.network(model);
        Path target = InputFiles.requireCreatable(file != null ? file : CertificateFiles.beside(model));
        Path picture = plot == null ? null : InputFiles.requireCreatable(plot);
        ProgressLine progress = progress();
        try (Interruption interruption = new Interruption(END_SECONDS)) {
            Deadline deadline = Deadline.in(seconds, interruption::told);
            SignalClass asked = signals.signals(network.metadata().n());
            Certifier certifier = new Certifier(network, steps, deadline, progress::advanced);
            Certificate certificate = certify(certifier, asked, execution, properties, target);
            if (picture != null) {
                Deadline more = Deadline.in(seconds, interruption::told);
                write(picture, new CertificatePicture(network, asked, execution, more, progress::advanced).svg());
            }
            report(certificate, target, (System.nanoTime() - start) / 1e9);
            return interruption.endWith(ExitStatus.OK);
        } catch (RefusedNetworkException | ArithmeticException refused) {
            throw new Failure(ExitStatus.DATA, model + ": " + refused.getMessage(), refused);
        }
    }

    /** Goes on where the same command was interrupted or killed, and writes the certificate. */
    private Certificate certify(Certifier certifier, SignalClass asked, Execution execution, Set<Property> properties,
            Path target) {
        Path beside = target.resolveSibling(target.getFileName() + UNFINISHED);
        try (ProofJournal journal = journal(beside, certifier.question(asked, execution, Version.number()))) {
            Certificate certificate = certifier.certify(asked, execution, properties, words.contains(NoiseGain.WORD),
                    words.contains(ProbeStatement.WORD), journal == null ? KeptBounds.NONE : journal);
            write(target, CertificateText.of(certificate));
            if (!certifier.isComplete()) {
                output.note(journal == null ? "the search was not complete"
                        : "the search was not complete: the same command goes on with it (%s)", beside);
            } else if (journal != null) {
                journal.finish();
            }
            return certificate;
        } catch (IOException failed) {
            throw unkept(beside, failed);
        } catch (UncheckedIOException failed) {
            throw unkept(beside, failed.getCause());
        }
    }

    /** What was proven before; null where nothing can be kept, which the certificate does not need. */
    private ProofJournal journal(Path file, byte... question) {
        try {
            ProofJournal journal = ProofJournal.open(file, question);
            if (journal.found() > 0) {
                output.note("%s: goes on with %d layers and bounds that were proven before", file, journal.found());
            }
            return journal;
        } catch (CertificateException refused) {
            throw new Failure(ExitStatus.DATA, file + ": " + refused.getMessage(), refused);
        } catch (IOException failed) {
            output.note("%s: nothing can be kept of a search that is not complete: %s", file, IoReason.of(failed));
            return null;
        }
    }

    private static Failure unkept(Path file, IOException failed) {
        return new Failure(ExitStatus.CANNOT_CREATE, file + ": cannot be used to keep what is proven: "
                + IoReason.of(failed), failed);
    }

    private void report(Certificate certificate, Path target, double taken) {
        Property first = certificate.bounds().keySet().iterator().next();
        certificate.gain().ifPresent(gain -> output.line("%s", line(gain)));
        certificate.bounds().forEach((property, proven) -> output.line("%s", line(property, proven)));
        if (!certificate.probes().isEmpty()) {
            output.line("%s", line(certificate.probes()));
        }
        output.line("%s: in %.1f s; check it with: reluctor check-certificate --model %s %s", target, taken, model,
                target);
        ProvenBox proven = certificate.bounds().get(first);
        output.result(JsonText.map("property", first.word(), "method", CertificateText.METHOD, "verdict", "proven",
                "low", Certificate.least(proven.box()), "high", Certificate.most(proven.box()),
                "seconds", taken, "certificate", target.toString(),
                "properties", certificate.bounds().entrySet().stream().map(entry -> JsonText.map(
                        "property", entry.getKey().word(), "low", Certificate.least(entry.getValue().box()),
                        "high", Certificate.most(entry.getValue().box()),
                        "norm", Certificate.norm(entry.getValue().box()))).toList(),
                "noiseGain", certificate.gain().map(CertificateText::gain).orElse(null)));
    }

    private static String line(NoiseGain gain) {
        return String.format(Locale.ROOT, "%s at most %.4g in l2 and %.4g in l-infinity for these signals; %.4g and"
                + " %.4g for any", NoiseGain.WORD, gain.local().l2(), gain.local().linf(), gain.global().l2(),
                gain.global().linf());
    }

    private static String line(List<Probe> probes) {
        double[] widths = probes.stream().flatMapToDouble(probe -> IntStream.range(0, probe.interval().size())
                .mapToDouble(probe.interval()::width)).sorted().toArray();
        return String.format(Locale.ROOT, "%-9s %d frames, a sample's interval %.4g wide (median), %.4g at most",
                ProbeStatement.WORD, probes.size(), widths[widths.length / 2], widths[widths.length - 1]);
    }

    private static String line(Property property, ProvenBox proven) {
        return String.format(Locale.ROOT, "%-9s %.6g to %.6g, Euclidean norm at most %.6g", property.word(),
                Certificate.least(proven.box()), Certificate.most(proven.box()), Certificate.norm(proven.box()));
    }

    private static void write(Path target, String text) {
        try {
            AtomicFile.write(target, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new Failure(ExitStatus.CANNOT_CREATE, target + ": cannot be written", failed);
        }
    }

    private void checkEffort() {
        if (steps < 0 || steps > 1000) {
            throw new Failure(ExitStatus.USAGE, "--steps: " + steps + " is out of range; must be 0 to 1000");
        }
        if (!(seconds >= 0)) {
            throw new Failure(ExitStatus.USAGE, "--seconds: " + seconds + " is out of range; must be 0 or more");
        }
    }

    private Execution execution() {
        return Stream.of(Execution.values()).filter(kind -> kind.name().equalsIgnoreCase(arithmetic)).findFirst()
                .orElseThrow(() -> new Failure(ExitStatus.USAGE, "--arithmetic: " + arithmetic
                        + " is unknown; must be float32 or exact"));
    }

    private Set<Property> properties() {
        Set<Property> properties = new LinkedHashSet<>();
        for (String word : words) {
            if (word.equals(NoiseGain.WORD) || word.equals(ProbeStatement.WORD)) {
                continue;
            }
            properties.add(Property.ofWord(word).orElseThrow(() -> new Failure(ExitStatus.USAGE, "--property: " + word
                    + " is unknown; must be of " + Stream.of(Property.values()).map(Property::word)
                            .collect(Collectors.joining(", ")) + ", " + NoiseGain.WORD + ", "
                    + ProbeStatement.WORD)));
        }
        if (properties.isEmpty()) {
            properties.add(Property.RANGE);
        }
        return properties;
    }
}
