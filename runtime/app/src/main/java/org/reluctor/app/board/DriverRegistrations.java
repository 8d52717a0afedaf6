package org.reluctor.app.board;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The drivers that the OpenCL loader is told of: ICD files, each with the name of a library, in the folder of the
 * system or where the variables {@code OCL_ICD_VENDORS} and {@code OCL_ICD_FILENAMES} lead (cl_khr_icd; ocl-icd).
 *
 * @param source where they were looked for, in words
 * @param found  by file name
 */
record DriverRegistrations(String source, List<Registration> found) {
    static final String VENDORS = "OCL_ICD_VENDORS";
    static final String FILE_NAMES = "OCL_ICD_FILENAMES";
    private static final String SYSTEM_FOLDER = "/etc/OpenCL/vendors";

    /**
     * One driver.
     *
     * @param name    of its ICD file, or of the library where no file names it
     * @param file    the ICD file; empty where a variable names the library itself
     * @param library as it is named, a path or a name; empty where the file is empty
     */
    record Registration(String name, Optional<Path> file, String library) {
    }

    static DriverRegistrations find(BoardFiles files, Map<String, String> environment) {
        String libraries = environment.getOrDefault(FILE_NAMES, "");
        if (!libraries.isEmpty()) {
            return new DriverRegistrations("the variable " + FILE_NAMES, Arrays.stream(libraries.split(":"))
                    .map(DriverRegistrations::ofLibrary).toList());
        }
        String vendors = environment.getOrDefault(VENDORS, "");
        if (vendors.isEmpty()) {
            return new DriverRegistrations(SYSTEM_FOLDER, inFolder(files, SYSTEM_FOLDER));
        }
        String source = "the variable " + VENDORS + " (" + vendors + ")";
        if (vendors.endsWith(".icd")) {
            return new DriverRegistrations(source, Stream.of(files.at(vendors)).filter(Files::exists)
                    .map(file -> ofFile(files, file)).toList());
        }
        boolean folder = vendors.startsWith("/") && Files.isDirectory(files.at(vendors));
        return new DriverRegistrations(source, folder || !vendors.contains(".so") ? inFolder(files, vendors)
                : List.of(ofLibrary(vendors)));
    }

    private static List<Registration> inFolder(BoardFiles files, String folder) {
        return files.list(folder.startsWith("/") ? folder : "/" + folder, ".*\\.icd").stream()
                .map(file -> ofFile(files, file)).toList();
    }

    private static Registration ofFile(BoardFiles files, Path file) {
        String library = files.text(files.nameOf(file)).flatMap(text -> text.lines().findFirst()).orElse("");
        return new Registration(files.nameOf(file), Optional.of(file), library.strip());
    }

    private static Registration ofLibrary(String library) {
        return new Registration(library, Optional.empty(), library);
    }
}
