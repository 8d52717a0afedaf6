package org.reluctor.app.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.ConnectFailure.Kind;
import org.reluctor.stream.Side;

/** What ends the wait for the first connection, with {@code broker.atStart} fail and wait. */
class PatienceTest {
    @ParameterizedTest
    @CsvSource({"TLS, true, false", "BAD_CREDENTIALS, true, true", "NOT_AUTHORIZED, true, true",
        "UNREACHABLE, false, false", "TAKEN_OVER, false, false", "REFUSED, false, false"})
    void isHopeless_kind_isAsConfigured(Kind kind, boolean whereItFails, boolean whereItWaits) {
        ConnectFailure failure = new ConnectFailure(Side.INGRESS, URI.create("ssl://a:1"), kind, -1, "");
        assertEquals(whereItFails, GatewayProcess.isHopeless(failure, false));
        assertEquals(whereItWaits, GatewayProcess.isHopeless(failure, true));
    }
}
