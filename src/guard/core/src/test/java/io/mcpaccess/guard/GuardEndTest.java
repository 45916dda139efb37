package io.mcpaccess.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GuardEndTest extends GuardWithAm {
    @Test
    void aClosedGuardAllowsNothingAndAsksNobody() {
        assertThat(guard.check(bearer(CALL)).isAllowed()).isTrue();
        guard.close();
        guard.close();
        AM.resetRequests();
        unavailable(refused(bearer(CALL)), "closed");
        nothingAsked();
    }
}
