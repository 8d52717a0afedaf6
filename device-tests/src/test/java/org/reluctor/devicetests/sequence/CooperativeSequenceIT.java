package org.reluctor.devicetests.sequence;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.devicetests.Alone;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.devicetests.endurance.Affinity;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.sequence.CooperativeSequence;

/** One launch that all compute units share computes to the bit what a launch for each call does, given up or not. */
@Alone
class CooperativeSequenceIT {
    private static final int MOST_FRAMES = 20;
    /** More than are computed another way after one was given up. */
    private static final int MANY = 1100;

    private static DeviceSession session;

    @BeforeAll
    static void open() {
        session = TestDevice.open();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    private static CooperativeSequence shared(ProductChain chain) {
        return new CooperativeSequence(session, chain.calls(), chain.constants(), chain.tensors(), chain.stepwise());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void enqueue_batchesOfAnySize_givesTheBitsOfALaunchForEachCall(boolean inTiles) throws InterruptedException {
        try (ProductChain chain = new ProductChain(session, MOST_FRAMES, inTiles);
                CooperativeSequence shared = shared(chain)) {
            for (int frames = 1; frames <= MOST_FRAMES; frames++) {
                chain.compare(shared, 50, frames);
            }
        }
    }

    /** All compute units on one processor: who waits there keeps the other from coming. */
    @Test
    void enqueue_partnersKeptAway_isGivenUpAndGivesTheSameBitsThenAndLater() throws Exception {
        try (ProductChain chain = new ProductChain(session, 1, false); CooperativeSequence shared = shared(chain)) {
            Affinity.pin();
            try {
                for (int round = 0; round < MANY && shared.givenUp() == 0; round++) {
                    chain.compare(shared, 1, 1);
                }
            } finally {
                Affinity.free();
            }
            assertTrue(shared.givenUp() > 0, "waited for each other " + MANY + " times and always met");
            chain.compare(shared, MANY / 2, 1);
        }
    }
}
