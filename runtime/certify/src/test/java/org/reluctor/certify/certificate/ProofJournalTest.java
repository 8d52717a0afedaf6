package org.reluctor.certify.certificate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.certify.bound.BoundProgress;
import org.reluctor.certify.bound.Deadline;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.bound.KeptBounds;
import org.reluctor.certify.bound.SlopeProof;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.property.Property;
import org.reluctor.certify.property.ShrinkageNetworks;
import org.reluctor.certify.property.SignalClass;
import org.reluctor.network.RecoveryNetwork;

/** What is kept is found again, whole records only, and a search that goes on ends as one that was never stopped. */
class ProofJournalTest {
    private static final byte[] QUESTION = new byte[32];
    /** Bytes of the mark and the question. */
    private static final int HEAD = 19 + QUESTION.length;

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("c.unfinished");
    }

    private void write() throws IOException {
        try (ProofJournal journal = ProofJournal.open(file(), QUESTION)) {
            journal.keep(3, new Box(new double[] {-1, 0.1}, new double[] {1, 2}));
            journal.keep(9, 0, new SlopeProof(new byte[] {1, 2, 3, 4}));
            journal.keep(9, 5, new SlopeProof(new byte[0]));
        }
    }

    @Test
    void open_again_findsWhatWasKept() throws Exception {
        write();
        try (ProofJournal journal = ProofJournal.open(file(), QUESTION)) {
            assertEquals(3, journal.found());
            assertEquals(Optional.of(new Box(new double[] {-1, 0.1}, new double[] {1, 2})), journal.box(3));
            assertEquals(Optional.of(new SlopeProof(new byte[] {1, 2, 3, 4})), journal.proof(9, 0));
            assertEquals(Optional.of(new SlopeProof(new byte[0])), journal.proof(9, 5));
            assertEquals(Optional.empty(), journal.proof(9, 1));
            assertEquals(Optional.empty(), journal.box(9));
        }
    }

    @Test
    void open_ofAnotherQuestion_isRefusedAndLeavesTheFile() throws Exception {
        write();
        byte[] other = QUESTION.clone();
        other[31] = 1;
        byte[] before = Files.readAllBytes(file());
        assertTrue(assertThrows(CertificateException.class, () -> ProofJournal.open(file(), other)).getMessage()
                .contains("is of another question; remove it, or name another --output"));
        assertArrayEquals(before, Files.readAllBytes(file()));
    }

    @Test
    void open_ofAnyOtherFile_isRefusedAndLeavesIt() throws Exception {
        Files.writeString(file(), "a text of somebody");
        assertTrue(assertThrows(CertificateException.class, () -> ProofJournal.open(file(), QUESTION)).getMessage()
                .contains("is no file of an unfinished certificate"));
        assertEquals("a text of somebody", Files.readString(file()));
    }

    @Test
    void close_whereNothingWasKept_leavesNoFile() throws Exception {
        ProofJournal.open(file(), QUESTION).close();
        assertFalse(Files.exists(file()));
    }

    @Test
    void question_ofAnotherVersion_isAnother() {
        Certifier certifier = new Certifier(ShrinkageNetworks.random(new SplittableRandom(5), 6, 3), 10,
                Deadline.none(), BoundProgress.NONE);
        SignalClass signals = SignalClass.ofAmplitude(6, -1, 1, 0.1);
        assertFalse(Arrays.equals(certifier.question(signals, Execution.FLOAT32, "1.0.0"),
                certifier.question(signals, Execution.FLOAT32, "1.0.1")));
    }

    /** A build of the same version may round otherwise. */
    @Test
    void question_ofAnotherDerivation_isAnother() {
        Certifier certifier = new Certifier(ShrinkageNetworks.random(new SplittableRandom(5), 6, 3), 10,
                Deadline.none(), BoundProgress.NONE);
        SignalClass signals = SignalClass.ofAmplitude(6, -1, 1, 0.1);
        byte[] question = certifier.question(signals, Execution.FLOAT32, "1.0.0");
        assertTrue(Arrays.equals(question,
                certifier.question(signals, Execution.FLOAT32, "1.0.0", Certifier.DERIVATION)));
        assertFalse(Arrays.equals(question,
                certifier.question(signals, Execution.FLOAT32, "1.0.0", Certifier.DERIVATION - 1)));
    }

    /** Wherever a kill cut the file, what is before it holds, and what comes after is appended to that. */
    @Test
    void open_ofAFileThatWasCut_takesItsWholeRecords() throws Exception {
        write();
        byte[] whole = Files.readAllBytes(file());
        int[] found = new int[whole.length + 1];
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            try (ProofJournal journal = ProofJournal.open(file(), QUESTION)) {
                found[length] = journal.found();
                journal.keep(20, 1, new SlopeProof(new byte[] {9}));
            }
            try (ProofJournal journal = ProofJournal.open(file(), QUESTION)) {
                assertEquals(found[length] + 1, journal.found(), "cut at " + length);
                assertEquals(Optional.of(new SlopeProof(new byte[] {9})), journal.proof(20, 1));
            }
            assertTrue(length == 0 || found[length] >= found[length - 1]);
        }
        assertEquals(3, found[whole.length]);
        assertEquals(2, found[whole.length - 1]);
    }

    @Test
    void open_ofAFileWithAWrongByte_takesNoWrongRecord() throws Exception {
        write();
        byte[] whole = Files.readAllBytes(file());
        for (int at = 0; at < whole.length; at++) {
            byte[] altered = whole.clone();
            altered[at] ^= 4;
            Files.write(file(), altered);
            if (at < HEAD) {
                assertThrows(CertificateException.class, () -> ProofJournal.open(file(), QUESTION), "byte " + at);
                continue;
            }
            try (ProofJournal journal = ProofJournal.open(file(), QUESTION)) {
                assertTrue(journal.found() < 3, "byte " + at);
                journal.box(3).ifPresent(box -> assertEquals(0.1, box.low()[1]));
                journal.proof(9, 0).ifPresent(proof -> assertEquals(new SlopeProof(new byte[] {1, 2, 3, 4}), proof));
            }
        }
    }

    @Test
    void open_twiceAtOnce_isRefused() throws Exception {
        try (ProofJournal journal = ProofJournal.open(file(), QUESTION)) {
            journal.keep(9, 5, new SlopeProof(new byte[0]));
            assertThrows(CertificateException.class, () -> ProofJournal.open(file(), QUESTION));
            journal.finish();
        }
        assertFalse(Files.exists(file()));
    }

    /** Stopped after any number of bounds; what is gone on with gives the same certificate. */
    @Test
    void certify_thatWasStopped_goesOnToTheSameCertificate() throws Exception {
        RecoveryNetwork network = ShrinkageNetworks.random(new SplittableRandom(5), 6, 3);
        SignalClass signals = SignalClass.ofAmplitude(6, -1, 1, 0.1);
        String right = certificate(network, signals, Deadline.none(), KeptBounds.NONE);
        for (int stop : new int[] {0, 1, 7, 20, 40, 1000}) {
            Files.deleteIfExists(file());
            AtomicInteger done = new AtomicInteger();
            Deadline killed = Deadline.in(Double.POSITIVE_INFINITY, () -> done.incrementAndGet() > stop);
            int found;
            try (ProofJournal journal = open(network, signals)) {
                String early = certificate(network, signals, killed, journal);
                new CertificateCheck(network).check(early.getBytes(StandardCharsets.UTF_8));
            }
            try (ProofJournal journal = open(network, signals)) {
                found = journal.found();
                assertEquals(right, certificate(network, signals, Deadline.none(), journal));
            }
            try (ProofJournal journal = open(network, signals)) {
                assertTrue(journal.found() > found || stop == 1000, "what was missing was kept");
            }
        }
    }

    private ProofJournal open(RecoveryNetwork network, SignalClass signals) throws IOException {
        return ProofJournal.open(file(), new Certifier(network, 10, Deadline.none(), BoundProgress.NONE)
                .question(signals, Execution.FLOAT32, "1.0.0"));
    }

    private static String certificate(RecoveryNetwork network, SignalClass signals, Deadline deadline,
            KeptBounds kept) {
        return CertificateText.of(new Certifier(network, 10, deadline, BoundProgress.NONE).certify(signals,
                Execution.FLOAT32, List.of(Property.RANGE), false, false, kept));
    }
}
