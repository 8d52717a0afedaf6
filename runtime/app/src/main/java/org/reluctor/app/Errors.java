package org.reluctor.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.reluctor.app.certificate.UnfitCertificateException;
import org.reluctor.app.configuration.ConfigurationException;
import org.reluctor.app.logging.Logging;
import org.reluctor.app.trust.UntrustedNetworkException;
import org.reluctor.engine.lowering.LoweringException;
import org.reluctor.network.NetworkFormatException;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.device.ProgramFileException;
import org.reluctor.opencl.file.IoReason;
import org.tinylog.Logger;

/** Turns what was thrown into one message on standard error and an exit status. */
final class Errors {
    private Errors() {
    }

    /** A failed command; the stack trace only on demand. */
    static int report(Throwable exception, PrintWriter err, boolean debug) {
        tell(messageOf(exception), err);
        if (debug) {
            if (exception instanceof OpenClException device) {
                device.detail().lines().forEach(err::println);
            }
            exception.printStackTrace(err);
        }
        err.flush();
        return statusOf(exception);
    }

    /** Where the log has a format for a journal or a program, the last words have it, too: they are its gravest. */
    private static void tell(String message, PrintWriter err) {
        if (Logging.isStructured()) {
            message.lines().forEach(line -> Logger.error("{}", line));
            Logging.flush();
        } else {
            message.lines().forEach(line -> err.println("reluctor: " + line));
        }
    }

    static int statusOf(Throwable exception) {
        if (exception instanceof Failure failure) {
            return failure.status();
        }
        if (exception instanceof ConfigurationException wrong) {
            return wrong.status();
        }
        if (exception instanceof UntrustedNetworkException untrusted) {
            return untrusted.why().status();
        }
        if (exception instanceof NetworkFormatException || exception instanceof LoweringException
                || exception instanceof ProgramFileException || exception instanceof UnfitCertificateException) {
            return ExitStatus.DATA;
        }
        if (exception instanceof OpenClException || exception instanceof UnsatisfiedLinkError
                || exception instanceof OutOfMemoryError) {
            return ExitStatus.UNAVAILABLE;
        }
        if (exception instanceof NoSuchFileException || exception instanceof AccessDeniedException) {
            return ExitStatus.NO_INPUT;
        }
        return exception instanceof IOException ? ExitStatus.IO : ExitStatus.INTERNAL;
    }

    private static String messageOf(Throwable exception) {
        if (exception instanceof FileSystemException failed) {
            return failed.getFile() + ": " + IoReason.of(failed);
        }
        if (exception instanceof OutOfMemoryError) {
            return "out of memory (" + exception.getMessage() + ") at a heap of "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MiB; allow more, such as"
                    + " RELUCTOR_JAVA_OPTS=-Xmx512m";
        }
        boolean foreseen = statusOf(exception) != ExitStatus.INTERNAL;
        if (foreseen && exception.getMessage() != null) {
            return exception.getMessage();
        }
        return "internal error: " + exception + "; please report it with the output of the same command and --debug";
    }
}
