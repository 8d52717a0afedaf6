package org.reluctor.learn.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of file that hold signals or pictures, told apart by how their names end. */
public enum DataKind {
    /** Recordings in PhysioNet's WFDB format: a header, and signal files beside it. */
    WFDB(false, ".hea"),
    /** Recordings as columns of a text. */
    CSV(false, ".csv"),
    /** Recordings as NumPy arrays. */
    NPY(false, ".npy"),
    /** Recordings as MATLAB arrays (format 5). */
    MAT(false, ".mat"),
    /** Recordings as PCM sound. */
    WAV(false, ".wav"),
    /** Photographs, one a file. */
    PICTURES(true, ".png", ".jpg", ".jpeg", ".tif", ".tiff"),
    /** Many small pictures in one file, as MNIST is distributed. */
    IDX(true, "-images-idx3-ubyte", "-images-idx3-ubyte.gz", ".idx3-ubyte", ".idx3-ubyte.gz");

    private final boolean pictures;
    private final List<String> endings;

    DataKind(boolean pictures, String... endings) {
        this.pictures = pictures;
        this.endings = List.of(endings);
    }

    /** Whether it holds pictures; recordings otherwise. */
    public boolean holdsPictures() {
        return pictures;
    }

    /** The kind of a file of that name. */
    static Optional<DataKind> ofFile(String name) {
        return Arrays.stream(values()).filter(kind -> kind.ending(name).isPresent()).findFirst();
    }

    /** How that file name of this kind ends. */
    Optional<String> ending(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return endings.stream().filter(lower::endsWith).findFirst();
    }

    /** Of a file of this kind the name without its ending. */
    String stem(String name) {
        return name.substring(0, name.length() - ending(name).map(String::length).orElse(0));
    }

    /** All kinds with their endings, for messages. */
    static String known() {
        return Arrays.stream(values()).map(kind -> kind.name().toLowerCase(Locale.ROOT) + " (*" + kind.endings.get(0)
                + ")").collect(Collectors.joining(", "));
    }
}
