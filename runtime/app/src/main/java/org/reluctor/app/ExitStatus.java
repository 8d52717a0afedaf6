package org.reluctor.app;

/** Exit statuses of every command, after BSD's {@code sysexits.h}, so that a supervisor can tell causes apart. */
public final class ExitStatus {
    /** All went well. */
    public static final int OK = 0;
    /** The command line is wrong. */
    public static final int USAGE = 64;
    /** A file's content cannot be used: network, matrix, array. */
    public static final int DATA = 65;
    /** An input file does not exist or cannot be opened. */
    public static final int NO_INPUT = 66;
    /** Something needed does not answer: OpenCL device, broker, port. */
    public static final int UNAVAILABLE = 69;
    /** A fault in this program. */
    public static final int INTERNAL = 70;
    /** An output file or folder cannot be created. */
    public static final int CANNOT_CREATE = 73;
    /** Reading or writing failed midway. */
    public static final int IO = 74;
    /** Credentials: refused by the broker, or the file that holds them cannot be read. */
    public static final int CREDENTIALS = 77;
    /** The configuration is wrong. */
    public static final int CONFIGURATION = 78;
    /** Ended by Ctrl-C before there was a result: 128 and the number of SIGINT, as shells have it. */
    public static final int INTERRUPTED = 130;

    private ExitStatus() {
    }
}
