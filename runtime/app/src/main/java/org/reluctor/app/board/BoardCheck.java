package org.reluctor.app.board;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.reluctor.app.board.DriverRegistrations.Registration;
import org.reluctor.app.device.PoclCache;

/**
 * Looks through a board for what OpenCL needs, from the loader to a network that is computed rightly, and says for each
 * thing that is missing which command or package mends it. Starts a process for each driver; takes seconds.
 */
public final class BoardCheck {
    private static final String LOADER = "libOpenCL.so.1";
    private static final String POCL = "pocl";

    private final BoardFiles files;
    private final Map<String, String> environment;
    private final SharedLibraries libraries;
    private final DriverRegistrations drivers;
    private final List<Finding> findings = new ArrayList<>();
    private boolean computes;

    BoardCheck(BoardFiles files, Map<String, String> environment) {
        this.files = files;
        this.environment = environment;
        this.libraries = new SharedLibraries(files, environment);
        this.drivers = DriverRegistrations.find(files, environment);
    }

    /** This machine, as this process sees it. */
    public static BoardCheck ofThisBoard() {
        return new BoardCheck(new BoardFiles(Path.of("/")), System.getenv());
    }

    /** Looks at files only, and loads no driver: board, loader, registrations, nodes, versions, caches. */
    List<Finding> files() {
        findings.clear();
        findings.add(Finding.good("board", board()));
        loader();
        registrations();
        findings.addAll(DeviceNodes.check(files, System.getProperty("user.name")));
        NvidiaVersions.check(files, libraries).ifPresent(findings::add);
        if (drivers.found().stream().anyMatch(driver -> driver.library().contains(POCL))) {
            pocl();
        }
        return List.copyOf(findings);
    }

    /** Everything: {@link #files}, and each driver tried in a process of its own. */
    public List<Finding> all() throws InterruptedException {
        files();
        if (libraries.find(LOADER).isPresent()) {
            for (Registration driver : drivers.found()) {
                if (driver.file().isPresent() && libraries.find(driver.library()).isPresent()) {
                    tried(driver.name(), DriverTrial.alone(driver.file().get()));
                }
            }
            together(DriverTrial.together());
        }
        return List.copyOf(findings);
    }

    /** Whether a device computed rightly, so that a gateway can run. */
    public boolean computes() {
        return computes;
    }

    /** Model and system, as a report begins. */
    public String board() {
        String model = files.text("/proc/device-tree/model").or(() -> files.text("/sys/class/dmi/id/product_name"))
                .orElse("unnamed board");
        String system = files.text("/etc/os-release").flatMap(text -> text.lines()
                .filter(line -> line.startsWith("PRETTY_NAME=")).findFirst())
                .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", "")).orElse("unnamed system");
        return model + ", " + System.getProperty("os.arch") + ", " + system + ", kernel "
                + System.getProperty("os.version") + ", Java " + System.getProperty("java.version");
    }

    private void loader() {
        Optional<Path> loader = libraries.find(LOADER);
        findings.add(loader.map(file -> Finding.good("loader", files.nameOf(file)))
                .orElse(Finding.bad("loader", "the OpenCL loader " + LOADER + " is not on this board",
                        "apt-get install ocl-icd-libopencl1")));
    }

    private void registrations() {
        if (drivers.found().isEmpty()) {
            findings.add(Finding.bad("driver", "no OpenCL driver is registered in " + drivers.source(),
                    String.join("; ", DriverPackages.wanted(files))));
        }
        drivers.found().forEach(this::registration);
        if (drivers.found().size() > 1) {
            findings.add(Finding.note("driver", drivers.found().size() + " drivers are registered in "
                    + drivers.source() + "; auto takes a GPU before a CPU, and some drivers disturb each other",
                    "name one in device.select, or let " + DriverRegistrations.VENDORS
                            + " name a folder with the one that is wanted"));
        }
        if (DriverPackages.isTegra(files) && libraries.find("libpocl.so.2").isPresent()
                && files.list("/usr/lib/aarch64-linux-gnu/pocl", "libpocl-devices-cuda\\.so").isEmpty()
                && files.list("/usr/local/lib/pocl", "libpocl-devices-cuda\\.so").isEmpty()) {
            findings.add(Finding.note("driver", "this PoCL has no CUDA device: the GPU of this Jetson stays unused",
                    DriverPackages.wanted(files).get(0)));
        }
    }

    private void registration(Registration driver) {
        if (driver.library().isEmpty()) {
            findings.add(Finding.bad("driver", driver.name() + " is empty or cannot be read",
                    "write the name of the driver's library into it, or remove it"));
            return;
        }
        Optional<Path> library = libraries.find(driver.library());
        if (library.isEmpty()) {
            String remedy = DriverPackages.ofLibrary(driver.library()).map(name -> "apt-get install " + name + ", or ")
                    .orElse("install the package that has it (apt-file search " + driver.library() + "), or ");
            findings.add(Finding.bad("driver", driver.name() + " names " + driver.library()
                    + ", which is not on this board", remedy + "remove " + driver.name()));
            return;
        }
        String name = files.nameOf(library.get());
        findings.add(SharedLibraries.misfit(library.get(), System.getProperty("os.arch"))
                .map(why -> Finding.bad("driver", driver.name() + " names " + name + ", which " + why,
                        "install the driver for " + System.getProperty("os.arch") + ", or remove " + driver.name()))
                .orElse(Finding.good("driver", driver.name() + ": " + name)));
    }

    private void pocl() {
        PoclCache.problem(environment).ifPresent(text -> findings.add(Finding.bad("cache", text,
                "mkdir -p " + PoclCache.folder(environment) + " as a user who may, or set POCL_CACHE_DIR")));
        String named = environment.getOrDefault("POCL_DEVICES", "");
        if (!files.list("/usr/local/lib/pocl", "libpocl-devices-cuda\\.so").isEmpty() && !named.contains("cuda")) {
            findings.add(Finding.note("driver", "PoCL has a CUDA device, which POCL_DEVICES does not name",
                    "POCL_DEVICES=cuda"));
        }
    }

    private void tried(String name, DriverTrial trial) {
        trial.problem().ifPresent(problem -> findings.add(Finding.bad("trial", name + " alone: " + problem,
                remedyOfSilence())));
        for (DriverTrial.Shown device : trial.devices()) {
            findings.add(device.computes() ? Finding.good("trial", device + " computes what float64 says")
                    : Finding.bad("trial", device + ": " + device.problem(), "install the driver anew, or another"
                            + " version of it; reluctor selftest tells which operations are wrong"));
        }
    }

    /** A driver that shows nothing: most often a right is missing, or it does not fit to the kernel. */
    private String remedyOfSilence() {
        boolean barred = findings.stream().anyMatch(finding -> finding.level() == Finding.Level.BAD
                && (finding.subject().equals("node") || finding.subject().equals("cache")
                        || finding.subject().equals("nvidia")));
        return barred ? "see above what bars it" : "the driver and the kernel must fit together: dmesg tells of the"
                + " kernel's side, ldd of the driver's library tells which libraries it lacks"
                + maliVersion().map(version -> "; the kernel's Mali driver is " + version
                        + ", and libmali must be of that release").orElse("");
    }

    private Optional<String> maliVersion() {
        return files.text("/sys/module/mali_kbase/version").or(() -> files.text("/sys/module/bifrost_kbase/version"));
    }

    private void together(DriverTrial trial) {
        computes = trial.devices().stream().anyMatch(DriverTrial.Shown::computes);
        boolean aloneDid = findings.stream().anyMatch(finding -> finding.subject().equals("trial")
                && finding.level() == Finding.Level.GOOD);
        if (computes) {
            findings.add(Finding.good("verdict", "computes on " + trial.devices().stream()
                    .filter(DriverTrial.Shown::computes).map(DriverTrial.Shown::toString)
                    .collect(Collectors.joining(", "))));
        } else if (aloneDid) {
            findings.add(Finding.bad("verdict", "the drivers disturb each other: together, "
                    + trial.problem().orElse("none computes"), "remove all ICD files but that of one driver, or let "
                    + DriverRegistrations.VENDORS + " name a folder with the one that is wanted"));
        } else {
            findings.add(Finding.bad("verdict", "no device computes: " + trial.problem().orElse("see above"),
                    String.join("; ", DriverPackages.wanted(files))));
        }
    }
}
