package org.reluctor.devicetests.overload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.reluctor.app.ExitStatus;
import org.reluctor.devicetests.FolderTree;

/** The program behind device-tests/bin/overload. */
public final class Overload {
    private static final int RATE_SECONDS = 10;
    private static final int NORMAL_SECONDS = 20;

    private Overload() {
    }

    /** Exits with 1 where a promise is not kept. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> given = List.of(arguments);
        boolean json = given.contains("--json");
        int at = given.indexOf("--minutes");
        String minutes = at < 0 ? "5" : at + 1 < given.size() ? given.get(at + 1) : "";
        if (given.size() != (json ? 1 : 0) + (at < 0 ? 0 : 2) || !minutes.matches("[1-9]\\d{0,2}")) {
            System.err.println("overload: wrong arguments; [--minutes N] with N from 1 to 999, and [--json] are right");
            System.exit(ExitStatus.USAGE);
        }
        OverloadPlan plan = new OverloadPlan(RATE_SECONDS, NORMAL_SECONDS, 60 * Integer.parseInt(minutes));
        Path folder = Files.createTempDirectory("reluctor-overload");
        boolean kept;
        try {
            OverloadReport report = new OverloadRun(plan, folder, System.err::println).run();
            System.out.println(json ? report.json() : report.toString());
            kept = report.broken().isEmpty();
        } finally {
            FolderTree.delete(folder);
        }
        System.exit(kept ? 0 : 1);
    }
}
