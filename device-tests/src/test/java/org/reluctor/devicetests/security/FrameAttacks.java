package org.reluctor.devicetests.security;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.codec.FrameKey;

/** Frames of somebody whom the broker lets publish anything, and who heard everything, but has not the sensor's key. */
final class FrameAttacks {
    private static final String DUPLICATES = "reluctor_frames_duplicate_total";
    private static final String CAME_AGAIN = "came again, not computed twice";
    private static final String STRANGER = "lab/stranger";
    private static final int FLOOD = 1500;

    private FrameAttacks() {
    }

    /** In an order in which no reason comes twice in one life of the process: like lines of its log are limited. */
    static List<Attack> all() {
        return List.of(
                frame("altered MAC", FrameFault.MAC, fortress -> altered(later(fortress))),
                frame("other algorithm", FrameFault.ALGORITHM,
                        fortress -> replaced(later(fortress), "43a10105", "43a10104")),
                frame("kid of another sensor than the topic's", FrameFault.KEY_ID, fortress -> fortress.sealed(
                        fortress.frame(Fortress.LEAKED, 1, 900), Fortress.LEAKED, fortress.leakedKey)),
                new Attack("frames", "other kid", fortress -> fortress.refused("gateway",
                        Fortress.rejected(FrameFault.NO_KEY), 1, "no key for lab/stranger", () -> fortress.attacker
                                .publish(STRANGER, fortress.sealed(fortress.frame(STRANGER, 1, 0), STRANGER,
                                        fortress.leakedKey)))),
                frame("plain frame", FrameFault.ENVELOPE, fortress -> fortress.frame(Fortress.GOOD, 1, 90_000)),
                new Attack("frames", "nested COSE", FrameAttacks::nested),
                frame("oversize", FrameFault.TOO_LARGE, fortress -> new byte[Fortress.MOST_BYTES + 1]),
                new Attack("frames", "replay in a session", fortress -> fortress.refused("gateway", DUPLICATES,
                        fortress.recorded().size(), CAME_AGAIN, () -> replay(fortress))),
                new Attack("frames", "replay after a restart", fortress -> replayed(fortress, true)),
                frame("truncated MAC", FrameFault.MAC,
                        fortress -> replaced(Arrays.copyOf(later(fortress), later(fortress).length - 16), "5820",
                                "50")),
                frame("altered protected header", FrameFault.ALGORITHM,
                        fortress -> replaced(later(fortress), "43a10105", "46a20105033c")),
                new Attack("frames", "replay after kill -9", fortress -> replayed(fortress, false)),
                new Attack("frames", "flood of one sensor", FrameAttacks::floodOfOne),
                new Attack("frames", "flood of new sensors", FrameAttacks::floodOfMany));
    }

    /** Makes a payload. */
    @FunctionalInterface
    private interface Forgery {
        byte[] make(Fortress fortress) throws Exception;
    }

    /** A forged frame on the good sensor's topic. */
    private static Attack frame(String name, FrameFault fault, Forgery forgery) {
        return new Attack("frames", name, fortress -> fortress.refused("gateway", Fortress.rejected(fault), 1,
                Fortress.GOOD + ": frame rejected, " + fault.reason() + ": ",
                () -> fortress.attacker.publish(Fortress.GOOD, forgery.make(fortress))));
    }

    /** A good envelope that never came, to be spoilt. */
    private static byte[] later(Fortress fortress) {
        return fortress.sealed(fortress.frame(Fortress.GOOD, 1, 90_000), Fortress.GOOD, fortress.goodKey);
    }

    private static byte[] altered(byte[] payload) {
        payload[payload.length - 1] ^= 1;
        return payload;
    }

    /** With another hexadecimal text in place of the last that is like this. */
    private static byte[] replaced(byte[] payload, String from, String to) {
        String hex = HexFormat.of().formatHex(payload);
        int at = from.startsWith("43") ? hex.indexOf(from) : hex.lastIndexOf(from);
        return HexFormat.of().parseHex(hex.substring(0, at) + to + hex.substring(at + from.length()));
    }

    private static Attack.Evidence nested(Fortress fortress) throws Exception {
        byte[] inner = fortress.sealed(fortress.frame(Fortress.LEAKED, 1, 0), Fortress.LEAKED, fortress.leakedKey);
        return fortress.refused("gateway", Fortress.rejected(FrameFault.WRONG_TYPE), 1,
                Fortress.LEAKED + ": frame rejected, wrong-type: ", () -> fortress.attacker.publish(Fortress.LEAKED,
                        fortress.sealed(inner, Fortress.LEAKED, fortress.leakedKey)));
    }

    private static void replay(Fortress fortress) throws InterruptedException {
        for (byte[] payload : fortress.recorded()) {
            fortress.attacker.publish(Fortress.GOOD, payload);
        }
    }

    /** All that was heard before, sent to the next process. */
    private static Attack.Evidence replayed(Fortress fortress, boolean properly) throws Exception {
        List<byte[]> before = fortress.recorded();
        fortress.restartGateway(properly, () -> {
            replay(fortress);
            assertTrue(fortress.attacker.flush(Fortress.WAIT));
        });
        await().atMost(Fortress.WAIT).until(() -> fortress.gateway.metric(DUPLICATES) >= before.size());
        String line = fortress.gateway.log().lines().filter(each -> each.contains(CAME_AGAIN)).findFirst()
                .orElseThrow();
        return new Attack.Evidence("gateway", String.format("%s 0 -> %.0f", DUPLICATES,
                fortress.gateway.metric(DUPLICATES)), line);
    }

    /** Somebody has a sensor's key, and sends with it as much as the broker takes. */
    private static Attack.Evidence floodOfOne(Fortress fortress) throws Exception {
        String counter = Fortress.rejected(FrameFault.FLOOD);
        Attack.Evidence evidence = fortress.refused("gateway", counter, 1, "frame rejected, flood: ", () -> {
            for (int seq = 0; seq < FLOOD; seq++) {
                if (seq % 50 == 0) {
                    fortress.sendGood(1);
                }
                fortress.attacker.publish(Fortress.LEAKED, fortress.sealed(fortress.frame(Fortress.LEAKED, 2, seq),
                        Fortress.LEAKED, fortress.leakedKey));
            }
            assertTrue(fortress.attacker.flush(Fortress.WAIT));
            fortress.awaitGood();
        });
        assertTrue(fortress.gateway.metric(counter) > FLOOD / 3.0, evidence.counter());
        return evidence;
    }

    /** Invented names: none is taken up, and each costs no more than a look for its key. */
    private static Attack.Evidence floodOfMany(Fortress fortress) throws Exception {
        double sensors = fortress.gateway.metric("reluctor_sensors");
        byte[] key = new byte[FrameKey.BYTES];
        new Random(3).nextBytes(key);
        FrameKey invented = new FrameKey(key);
        Attack.Evidence evidence = fortress.refused("gateway", Fortress.rejected(FrameFault.NO_KEY), FLOOD,
                "no key for lab/x", () -> {
                    for (int i = 0; i < FLOOD; i++) {
                        if (i % 50 == 0) {
                            fortress.sendGood(1);
                        }
                        fortress.attacker.publish("lab/x" + i, fortress.sealed(fortress.frame("lab/x" + i, 1, 0),
                                "lab/x" + i, invented));
                    }
                    fortress.awaitGood();
                });
        assertEquals(sensors, fortress.gateway.metric("reluctor_sensors"));
        return evidence;
    }
}
